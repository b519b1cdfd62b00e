import { ChooseView } from "#components/pay/choose/choose-view.tsx";
import { CantPayOnlineView } from "#components/pay/states/cant-pay-online-view.tsx";
import { OnItsWayView } from "#components/pay/states/on-its-way-view.tsx";
import { SomeonePayingView } from "#components/pay/states/someone-paying-view.tsx";
import { DEBIT_DAYS } from "#components/pay/types.ts";
import type { OpenedLink } from "#lib/checkout/links/open-link.ts";
import { type Line, outstanding } from "#lib/checkout/payable-lines-rules.ts";
import { dayIn } from "#lib/core/clock.ts";
import { leastOf, mostOf } from "#lib/core/money/currencies.ts";
import { formatFigure, formatMoney } from "#lib/core/money/money.ts";
import { formatTime } from "#lib/core/text/date-words.ts";
import { MOST_LINES } from "#lib/payments/attempts/charge-amount-rules.ts";
import { chosenInWords, unpayableInWords } from "#lib/payments/attempts/unpayable-words.ts";
import { type PayParams, payPath } from "../../pay-door.ts";
import { faceOf, readerOf } from "../../pay-page.tsx";

type Opened = Extract<OpenedLink, { kind: "open" }>;
type ChooseStepProps = { params: PayParams; opened: Opened; search: string; error: string | null };

/** The first step, or what stands in its place when the only invoice shown is being paid at this moment. */
export function ChooseStep({ params, opened, search, error }: ChooseStepProps) {
  const { books, currency, lines } = opened;
  const reader = readerOf(books);
  const [only] = lines.length === 1 ? lines : [];
  const where = { country: books.countryCode, timeZone: books.timeZone };
  const again = `${payPath(params)}/again`;
  if (only?.held) {
    return (
      <SomeonePayingView
        since={formatTime(only.held.since, where)}
        until={formatTime(only.held.until, where)}
        action={again}
        hidden={{ link: search, again: only.invoiceId }}
        retryHref={`${payPath(params)}?${search}`}
        failed={error === "again"}
      />
    );
  }
  if (only?.unpayable) {
    return (
      <CantPayOnlineView
        firm={faceOf(params, opened.firm, books)}
        reason={`${only.number}, ${formatMoney({ minor: only.dueMinor, currency: only.currency })}: ${unpayableInWords(only.unpayable, only.currency)}`}
      />
    );
  }
  if (only?.debit) {
    return (
      <OnItsWayView
        amount={{ minor: only.debit.minor, currency }}
        sentOn={dayIn(books.timeZone, only.debit.since)}
        method="bank debit"
        usualDays={DEBIT_DAYS}
        {...reader}
      />
    );
  }
  if (only?.why === "on_its_way") {
    return (
      <OnItsWayView
        amount={{ minor: only.sentMinor, currency }}
        sentOn={dayIn(books.timeZone, only.sentSince ?? new Date())}
        method="card"
        usualDays={null}
        {...reader}
      />
    );
  }
  return (
    <ChooseView
      {...reader}
      heading={headingOf(opened)}
      outstandingTotal={{ minor: outstanding(lines, currency), currency }}
      lines={lines.map((line) => ({
        invoiceId: line.invoiceId,
        number: line.number,
        dueDate: line.dueDate,
        due: { minor: line.dueMinor, currency: line.currency },
        inFlight: line.sentMinor > 0n ? { minor: line.sentMinor, currency: line.currency } : null,
        inFlightSince: line.sentSince ? dayIn(books.timeZone, line.sentSince) : null,
        payable: line.payableMinor > 0n,
        reason: reasonOf(line, where),
        mayStartAgain: line.why === "held",
        checked: line.invoiceId === opened.askedId,
      }))}
      notes={notesOf(opened)}
      error={errorOf(opened, error)}
      action={`${payPath(params)}/choose`}
      againAction={again}
      hidden={{ link: search }}
      gate={
        opened.codes && {
          firm: faceOf(params, opened.firm, books),
          codes: opened.codes,
          action: `${payPath(params)}/code/send`,
          hidden: { link: search },
        }
      }
    />
  );
}

function headingOf({ contactName, lines: [first, ...more] }: Opened): string {
  if (contactName) return `Invoices for ${contactName}`;
  return more.length > 0 ? "Your invoices" : `Invoice ${first?.number ?? ""}`;
}

function reasonOf(line: Line, where: { country: string; timeZone: string }): string | null {
  switch (line.why) {
    case "held":
      return (
        line.held &&
        `A payment of this was begun at ${formatTime(line.held.since, where)} and not finished; it ends by itself at ${formatTime(line.held.until, where)}.`
      );
    case "debit":
      return "A bank debit is on its way.";
    case "other_currency":
      return `In ${line.currency}: pay it by its own link.`;
    case "on_its_way":
      return "Paid; the books will show it soon.";
    case "unpayable":
      return line.unpayable && unpayableInWords(line.unpayable, line.currency);
    case null:
      return null;
  }
}

/** Why Continue did not go on, from what its answer was called. */
function errorOf({ currency }: Opened, error: string | null): string | null {
  switch (error) {
    case "none":
      return "Tick at least one invoice to continue.";
    case "least":
      return chosenInWords({ why: "least", leastMinor: leastOf(currency) }, currency);
    case "again":
      return "The payment that was begun could not be ended, so it can still be paid there. Nothing was charged here. Try again in a minute.";
    case "most":
      return chosenInWords({ why: "most", mostMinor: mostOf(currency) }, currency);
    case "lines":
      return chosenInWords({ why: "lines", most: MOST_LINES }, currency);
    default:
      return null;
  }
}

/** "The link said 2,400.00; 200.00 has been paid since." Only when it differs. */
function notesOf({ linkSaidMinor, lines, askedId, currency }: Opened): string[] {
  const due = lines.find((line) => line.invoiceId === askedId)?.dueMinor;
  if (linkSaidMinor === null || due === undefined) return [];
  const said = `The link said ${formatFigure({ minor: linkSaidMinor, currency })}`;
  if (linkSaidMinor <= due) return [`${said}; ${formatMoney({ minor: due, currency })} is due now.`];
  return [`${said}; ${formatFigure({ minor: linkSaidMinor - due, currency })} has been paid since.`];
}
