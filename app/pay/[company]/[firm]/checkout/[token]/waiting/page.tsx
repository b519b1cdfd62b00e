import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CantPayOnlineView } from "#components/pay/states/cant-pay-online-view.tsx";
import { LetGoView } from "#components/pay/states/let-go-view.tsx";
import { NotJustNowView } from "#components/pay/states/not-just-now-view.tsx";
import { OnItsWayView } from "#components/pay/states/on-its-way-view.tsx";
import { SomeonePayingView } from "#components/pay/states/someone-paying-view.tsx";
import { DEBIT_DAYS } from "#components/pay/types.ts";
import type { CheckoutPage } from "#lib/checkout/read.ts";
import { dayIn } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { formatTime } from "#lib/core/text/date-words.ts";
import { wasLetGo } from "#lib/payments/attempts/checkout-attempts.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { faceOf, PayPage, readerOf } from "../../../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Nothing was charged" } };

type Props = { params: Promise<CheckoutParams>; searchParams: Promise<{ why?: string; again?: string }> };

/** What the address says of a press of Pay that did not lead to the processor. */
const PRESSED = ["busy", "refused", "not-set-up", "not-now"];

const REFUSED =
  "The card processor did not accept this payment before any card or bank was asked. Trying again won't help until the reason is mended; the sender of the invoice can see it.";

/** Why Pay could not go on: somebody else is paying, the processor said no, the payment was let go, or it can't be taken just now. Nothing was charged. */
export default async function WaitingPage({ params: given, searchParams }: Props) {
  const params = await given;
  const { firm, books, checkout, lines, captureId, submittedAt, isTest } = await checkoutAt(params);
  const retryHref = checkoutPath(params);
  // It was paid since: nothing of what is said here is true any more.
  if (captureId || submittedAt) redirect(`${retryHref}/receipt`);
  const face = faceOf(params, firm, books);
  const { why, again } = await searchParams;
  const held = lines.flatMap((line) => line.held ?? []);
  const debits = lines.flatMap((line) => line.debit ?? []);
  if (why === "busy" && held.length + debits.length === 0) redirect(retryHref);
  const isLetGo = !PRESSED.includes(why ?? "") && (await wasLetGo(db(), checkout.id));
  if (why === "let-go" && !isLetGo) redirect(retryHref);
  return (
    <PayPage params={params} firm={firm} books={books} step="details" isTest={isTest}>
      {why === "busy" && (
        <Busy {...{ books, checkout, held, debits, here: retryHref, failed: again === "1" }} />
      )}
      {isLetGo && <LetGoView firm={face} backHref={checkout.backPath} />}
      {why === "refused" && <CantPayOnlineView firm={face} reason={REFUSED} />}
      {why === "not-set-up" && <CantPayOnlineView firm={face} reason={null} />}
      {(why === "not-now" || !(isLetGo || PRESSED.includes(why ?? ""))) && (
        <NotJustNowView firm={face} retryHref={retryHref} />
      )}
    </PayPage>
  );
}

type BusyProps = Pick<CheckoutPage, "books" | "checkout"> & {
  held: { since: Date; until: Date }[];
  debits: { minor: bigint; since: Date }[];
  here: string;
  failed: boolean;
};

/** What was begun elsewhere can be ended, unless it is a bank debit. */
function Busy({ books, checkout, held, debits, here, failed }: BusyProps) {
  const where = { country: books.countryCode, timeZone: books.timeZone };
  const [debit] = debits;
  if (debit) {
    return (
      <OnItsWayView
        amount={{ minor: sumOf(debits.map(({ minor }) => minor)), currency: checkout.currency }}
        sentOn={dayIn(books.timeZone, debit.since)}
        method="bank debit"
        usualDays={DEBIT_DAYS}
        {...readerOf(books)}
      />
    );
  }
  const at = (times: Date[], pick: (...times: number[]) => number) =>
    formatTime(new Date(pick(...times.map((time) => time.getTime()))), where);
  return (
    <SomeonePayingView
      since={at(
        held.map(({ since }) => since),
        Math.min,
      )}
      until={at(
        held.map(({ until }) => until),
        Math.max,
      )}
      action={`${here}/again`}
      hidden={{}}
      retryHref={here}
      failed={failed}
    />
  );
}
