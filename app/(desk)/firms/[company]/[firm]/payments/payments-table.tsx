import { longText } from "#components/long-text.ts";
import { MoneyText } from "#components/money-text.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { Table } from "#components/table.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { STANDING_WORDS } from "#lib/evidence/standing-words.ts";
import type { PaymentRow } from "#lib/payments/read.ts";

type PaymentsTableProps = {
  here: string;
  rows: PaymentRow[];
  where: { country: string; timeZone: string };
};

const SHOWN = 3;

export function PaymentsTable({ here, rows, where }: PaymentsTableProps) {
  return (
    <Table
      caption="Payments"
      captionHidden
      columns={[
        { label: "Invoices" },
        { label: "Payer" },
        { label: "Paid" },
        { label: "Amount", numeric: true },
        { label: "Reference" },
        { label: "In Xero" },
      ]}
      rows={rows.map((row) => ({
        key: row.captureId,
        cells: [
          <a
            key="link"
            href={`${here}/${row.captureId}`}
            className={`max-sm:inline-flex max-sm:min-h-11 ${longText(someOf(row.numbers))}`}
          >
            {someOf(row.numbers)}
          </a>,
          <span key="payer" className="wrap-anywhere">
            {row.payer.name ?? "—"}
          </span>,
          formatInstant(row.capturedAt, where),
          <MoneyText key="amount" money={{ minor: row.amountMinor, currency: row.currency }} />,
          <span key="reference" className="whitespace-nowrap">
            {row.reference ?? "—"}
          </span>,
          <StatusWord key="standing" tone={STANDING_WORDS[row.standing].tone}>
            {STANDING_WORDS[row.standing].word}
          </StatusWord>,
        ],
      }))}
    />
  );
}

/** "INV-1, INV-2, INV-3 and 9 more": one payment may be for many. */
function someOf(numbers: string[]): string {
  if (numbers.length === 0) return "Not on an invoice";
  const rest = numbers.length - SHOWN;
  return numbers.slice(0, SHOWN).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
