import { digitsOf } from "#lib/core/money/currencies.ts";
import { formatMoney, type Money, sumOf } from "#lib/core/money/money.ts";
import { ErrorSummary } from "../../forms/error-summary.tsx";
import { Gate, type GateProps } from "../gate.tsx";
import { Hero } from "../hero.tsx";
import { HiddenFields } from "../hidden-fields.tsx";
import { PayButton } from "../pay-button.tsx";
import type { Hidden, Reader } from "../types.ts";
import type { ChooseLine } from "./choose-line.ts";
import { ChooseRow, payableNow } from "./choose-row.tsx";
import { RunningTotal } from "./running-total.tsx";
import { SingleInvoice } from "./single-invoice.tsx";

type ChooseViewProps = Reader & {
  /** "Invoice INV-2009", or "Invoices for Bayside Club" where the link or the code allows the name. */
  heading: string;
  outstandingTotal: Money;
  lines: ChooseLine[];
  /** "The link said 2,400.00; 200.00 has been paid since." */
  notes: string[];
  /** Why Continue did not go on: "Tick at least one invoice to continue." */
  error: string | null;
  action: string;
  /** Posts the invoice's id as `again`. */
  againAction: string;
  hidden: Hidden;
  gate: GateProps | null;
};

/** Step one. Ticks which invoices to pay and posts them as `invoice`; a single one is chosen already. */
export function ChooseView(props: ChooseViewProps) {
  const {
    heading,
    outstandingTotal,
    lines,
    notes,
    error,
    action,
    againAction,
    hidden,
    gate,
    country,
    today,
  } = props;
  const payable = lines.filter((line) => line.payable);
  const [only] = lines.length === 1 ? payable : [];
  const { currency } = outstandingTotal;
  const all: Money = { minor: sumOf(payable.map((line) => payableNow(line).minor)), currency };
  return (
    <div className="grid gap-7">
      {error && (
        <ErrorSummary
          title="Not yet"
          errors={[{ field: payable[0] ? `invoice-${payable[0].invoiceId}` : null, message: error }]}
        />
      )}
      <Hero
        title={heading}
        money={only ? payableNow(only) : outstandingTotal}
        {...(only ? {} : { word: "outstanding" })}
      >
        {only && <SingleInvoice line={only} country={country} today={today} />}
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Hero>
      <form id="choose" method="post" action={action} className="grid gap-0">
        <HiddenFields fields={hidden} />
        {only ? (
          <input type="hidden" name="invoice" value={only.invoiceId} />
        ) : (
          <fieldset>
            <legend className="sr-only">Invoices to pay</legend>
            <ul className="border-line border-t">
              {lines.map((line) => (
                <ChooseRow
                  key={line.invoiceId}
                  line={line}
                  currency={currency}
                  country={country}
                  today={today}
                />
              ))}
            </ul>
          </fieldset>
        )}
        {payable.length > 0 && (
          <div className="bottom-0 grid gap-4 bg-paper pt-4 pb-4 [@media(min-height:36rem)]:sticky">
            {!only && (
              <RunningTotal
                form="choose"
                currency={currency}
                digits={digitsOf(currency)}
                all={formatMoney(all)}
              />
            )}
            <PayButton pending="One moment" wide>
              Continue
            </PayButton>
          </div>
        )}
      </form>
      {lines.some((line) => line.mayStartAgain) && (
        <form id="again" method="post" action={againAction}>
          <HiddenFields fields={hidden} />
        </form>
      )}
      {gate && <Gate {...gate} />}
    </div>
  );
}
