import { ExternalLink } from "#components/external-link.tsx";
import { longText } from "#components/long-text.ts";
import { MoneyText } from "#components/money-text.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { Table } from "#components/table.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { ORDER_WORDS } from "#lib/evidence/order-words.ts";
import { whyNot } from "#lib/evidence/why-not.ts";
import type { OrderRow } from "#lib/orders/staff/read-for-staff.ts";
import { type BooksAtXero, invoiceAtXero } from "#lib/xero/organisations/deep-links.ts";

type OrdersTableProps = {
  here: string;
  rows: OrderRow[];
  where: { country: string; timeZone: string };
  /** By connection. */
  books: Map<string, BooksAtXero>;
};

export function OrdersTable({ here, rows, where, books }: OrdersTableProps) {
  return (
    <Table
      caption="Orders"
      captionHidden
      columns={[
        { label: "Order" },
        { label: "Received" },
        { label: "Buyer" },
        { label: "Total", numeric: true },
        { label: "State" },
        { label: "Invoice" },
      ]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          <span key="order">
            <a
              href={`${here}/${row.id}`}
              className={`max-sm:inline-flex max-sm:min-h-11 max-sm:items-center ${longText(row.number)}`}
            >
              {row.number}
            </a>
            <span className="block font-normal text-muted text-sm">{row.source}</span>
          </span>,
          formatInstant(row.receivedAt, where),
          <span key="buyer" className="wrap-anywhere">
            {row.buyer}
          </span>,
          <Total key="total" row={row} />,
          <State key="state" row={row} />,
          <Invoice key="invoice" row={row} books={books.get(row.connectionId)} />,
        ],
      }))}
    />
  );
}

/** Of a held order the total is known only once nothing is wrong with it. */
function Total({ row: { state, totalMinor: minor, currency } }: { row: OrderRow }) {
  return state === "held" && minor === 0n ? "—" : <MoneyText money={{ minor, currency }} />;
}

function State({ row }: { row: OrderRow }) {
  const { tone, word } = ORDER_WORDS[row.state];
  const why = whyNot(row);
  return (
    <span>
      <StatusWord tone={tone}>{word}</StatusWord>
      {why && <span className="block text-muted">{why}</span>}
    </span>
  );
}

function Invoice({ row: { invoice }, books }: { row: OrderRow; books: BooksAtXero | undefined }) {
  if (!invoice) return "—";
  const { xeroId: invoiceId, number } = invoice;
  const words = <span className={longText(number ?? "")}>{number ?? "Invoice"}</span>;
  if (!invoiceId || !books) return "—";
  return (
    <ExternalLink href={invoiceAtXero(books, { invoiceId, number: number ?? "" })}>{words}</ExternalLink>
  );
}
