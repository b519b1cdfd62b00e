import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Button } from "#components/button.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { Field } from "#components/field.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { Table } from "#components/table.tsx";
import { formatInstant } from "#lib/core/date-words.ts";
import { db } from "#lib/core/db.ts";
import { listPayments, type PaymentRow } from "#lib/payments/read.ts";
import { placeAndTime } from "../place-and-time.ts";

export const metadata: Metadata = { title: "Payments" };

type Props = { params: Promise<Place>; searchParams: Promise<{ find?: string; before?: string }> };

export default async function PaymentsPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const { find = "", before } = await searchParams;
  const last = before && !Number.isNaN(Date.parse(before)) ? new Date(before) : undefined;
  const [{ rows, more }, where] = await Promise.all([
    listPayments(db(), firm, { search: find.trim() || undefined, before: last }),
    placeAndTime(db(), firm.firmId),
  ]);
  return (
    <>
      <PageTitle title="Payments" lead="What clients paid here, and where it stands in Xero." />
      <form className="flex max-w-md items-end gap-3">
        <div className="grow">
          <Field name="find" label="Invoice number" defaultValue={find} maxLength={100} optional />
        </div>
        <Button kind="quiet">Find</Button>
      </form>
      {rows.length === 0 ? (
        <EmptyState title={find ? "No payment of such an invoice" : "No payments yet"}>
          {find
            ? "Look for another number, or empty the field to see all."
            : "They appear here as soon as a client pays by the link on an invoice."}
        </EmptyState>
      ) : (
        <Table
          caption="Payments"
          captionHidden
          columns={[
            { label: "Invoices" },
            { label: "Paid" },
            { label: "Amount", numeric: true },
            { label: "Method" },
            { label: "Reference" },
            { label: "In Xero" },
          ]}
          rows={rows.map((row) => ({
            key: row.captureId,
            cells: [
              row.numbers.join(", ") || "—",
              formatInstant(row.capturedAt, where),
              <MoneyText key="amount" money={{ minor: row.amountMinor, currency: row.currency }} />,
              row.method ?? "Card",
              row.reference ?? "—",
              <PostingState key="state" row={row} />,
            ],
          }))}
        />
      )}
      {more && (
        <p>
          <a
            className="inline-flex min-h-11 items-center"
            href={`?${new URLSearchParams({ find, before: rows.at(-1)?.capturedAt.toISOString() ?? "" })}`}
          >
            Older payments
          </a>
        </p>
      )}
    </>
  );
}

function PostingState({ row }: { row: PaymentRow }) {
  switch (row.state) {
    case "done":
      return <StatusWord tone="ok">Written</StatusWord>;
    case "ready":
    case "sending":
      return <StatusWord tone="busy">On its way</StatusWord>;
    case "unknown":
      return <StatusWord tone="busy">Being checked</StatusWord>;
    case "refused":
    case "problem":
      return <StatusWord tone="danger">Needs you</StatusWord>;
  }
}
