import type { Money } from "#lib/core/money/money.ts";
import { formatDate, type IsoDate } from "#lib/core/text/date-words.ts";
import { type Fact, Facts } from "../facts.tsx";
import { type AmountLine, SumLines } from "./choose/sum-line.tsx";
import { Hero } from "./hero.tsx";
import { PrintButton } from "./print-button.tsx";
import type { FirmFace } from "./types.ts";

type ReceiptViewProps = {
  firm: FirmFace;
  /** "CF-8KQ2M4XW7P". */
  reference: string | null;
  paidOn: IsoDate;
  country: string;
  payerName: string;
  lines: AmountLine[];
  /** What became of money that was more than owed. */
  notes: string[];
  total: Money;
  /** "Visa ending 4242". */
  method: string | null;
  /** It is written in the firm's books. */
  inBooks: boolean;
  emailedTo: string | null;
};

/** Step four, kept for years: what was paid, for what, by whom, and under which reference. Prints on one page. */
export function ReceiptView(props: ReceiptViewProps) {
  const { firm, reference, paidOn, country, payerName, lines, notes, total, method, inBooks, emailedTo } =
    props;
  const facts: Fact[] = [
    ...(reference ? [{ label: "Reference", value: <span className="font-semibold">{reference}</span> }] : []),
    { label: "Paid to", value: firm.registeredName ?? firm.name },
    { label: "Paid by", value: payerName },
    ...(method ? [{ label: "Paid with", value: method }] : []),
    {
      label: "In the books",
      value: inBooks
        ? `Shown in the books of ${firm.name}.`
        : `The books of ${firm.name} will show it, as a rule within a few minutes.`,
    },
    ...(emailedTo ? [{ label: "Sent to", value: emailedTo }] : []),
  ];
  return (
    <div className="grid gap-7">
      <Hero title="Receipt" money={total} word={`paid on ${formatDate(paidOn, country)}`} />
      <SumLines lines={lines} total={total} label="Total paid" />
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <div className="perforation pt-1 [&>dl]:border-t-0">
        <Facts facts={facts} />
      </div>
      <PrintButton />
    </div>
  );
}
