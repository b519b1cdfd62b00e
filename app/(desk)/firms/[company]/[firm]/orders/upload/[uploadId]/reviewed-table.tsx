import { longText } from "#components/long-text.ts";
import { MoneyText } from "#components/money-text.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { Table } from "#components/table.tsx";
import { formatDate } from "#lib/core/text/date-words.ts";
import type { ReviewedOrder } from "#lib/orders/upload/review-upload.ts";
import { wordOf } from "./verdict-words.ts";

type Props = { orders: ReviewedOrder[]; here: string; country: string };

/** Each order of the file, and what becomes of it. */
export function ReviewedTable({ orders, here, country }: Props) {
  return (
    <Table
      caption="Orders of the file"
      columns={[
        { label: "Order" },
        { label: "Date" },
        { label: "Customer" },
        { label: "Total", numeric: true },
        { label: "What becomes of it" },
      ]}
      rows={orders.map((order) => ({
        key: order.number,
        cells: [
          <Name key="name" order={order} here={here} />,
          order.date ? formatDate(order.date, country) : "—",
          <span key="buyer" className="wrap-anywhere">
            {order.buyer || "—"}
          </span>,
          order.total ? <MoneyText key="total" money={order.total} /> : "—",
          <Outcome key="outcome" order={order} />,
        ],
      }))}
    />
  );
}

function Name({ order: { number, row, orderId }, here }: { order: ReviewedOrder; here: string }) {
  const words = <span className={longText(number)}>{number}</span>;
  return (
    <span>
      {orderId ? (
        <a href={`${here}/${orderId}`} className="max-sm:inline-flex max-sm:min-h-11 max-sm:items-center">
          {words}
        </a>
      ) : (
        words
      )}
      <span className="block font-normal text-muted text-sm">Row {row}</span>
    </span>
  );
}

function Outcome({ order: { verdict, adjustments } }: { order: ReviewedOrder }) {
  const { tone, word } = wordOf(verdict);
  return (
    <span>
      <StatusWord tone={tone}>{word}</StatusWord>
      {adjustments.map((adjustment) => (
        <span key={adjustment} className="block text-muted">
          {adjustment}
        </span>
      ))}
    </span>
  );
}
