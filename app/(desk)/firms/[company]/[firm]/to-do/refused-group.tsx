import type { Place } from "#app/door/action.ts";
import { ExternalLink } from "#components/external-link.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { OrderOfSource } from "#lib/orders/staff/read-for-staff.ts";
import type { OtherInvoice } from "#lib/payments/overpayments/read-surplus.ts";
import { CAUSE_WORDS } from "#lib/posting/cause-words.ts";
import type { Cause } from "#lib/posting/causes.ts";
import { kindInWords } from "#lib/posting/kinds/registry.ts";
import type { RefusedPosting } from "#lib/posting/read.ts";
import { NoteForm } from "./note-form.tsx";
import { RetryAllForm, RetryForm } from "./retry-form.tsx";
import { SurplusForm } from "./surplus-form.tsx";

export type Refused = RefusedPosting & {
  /** The payment that it is of, where it leads to one. */
  captureId: string | null;
  /** The order that it is of, or the person whom a new contact is. */
  order: OrderOfSource | null;
  invoices: { number: string; href: string }[];
  /** Of a payment: what it pays, and what else the client owes. */
  lines: { invoiceId: string; number: string }[];
  others: OtherInvoice[];
};

type RefusedGroupProps = {
  place: Place;
  where: { country: string; timeZone: string };
  cause: Cause;
  rows: Refused[];
  /** How many there are in all: of very many only the oldest are listed. */
  count: number;
  mayAct: boolean;
};

/** All that one cause holds up: told once, mended once, tried again together. */
export function RefusedGroup({ place, where, cause, rows, count, mayAct }: RefusedGroupProps) {
  const { title, fix } = CAUSE_WORDS[cause];
  return (
    <section aria-labelledby={`cause-${cause}`} className="grid gap-3 border-line border-t py-5">
      <h2 id={`cause-${cause}`} className="font-semibold text-lg">
        {title}
      </h2>
      <p>{fix}</p>
      {cause !== "chore" && (
        <p className="text-muted text-sm">
          Nothing is written twice: we look in Xero first. Once fixed in Xero, it retries automatically.
        </p>
      )}
      {mayAct && cause !== "chore" && count > 1 && <RetryAllForm place={place} cause={cause} count={count} />}
      <ul>
        {rows.map((row) => (
          <li key={row.postingId} className="grid gap-2 border-line border-t py-4">
            <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
              <span>
                {kindInWords(row.kind)} {row.reference}
              </span>
              {row.currency !== "" && <MoneyText money={{ minor: row.totalMinor, currency: row.currency }} />}
            </p>
            <p className="text-muted text-sm">
              {formatInstant(row.since, where)}
              {row.invoices.map(({ number, href }) => (
                <span key={number}>
                  {" · "}
                  <ExternalLink href={href}>{number}</ExternalLink>
                </span>
              ))}
              {row.order && <OrderOf place={place} order={row.order} />}
            </p>
            {cause === "chore" || cause === "desk" ? (
              <p>{row.message}</p>
            ) : (
              <p>
                Xero says: <q>{row.message}</q>
              </p>
            )}
            {mayAct && row.lines.length > 0 && (cause === "settled" || row.others.length > 0) && (
              <SurplusForm place={place} row={row} isSurplus={cause === "settled"} />
            )}
            {mayAct && (
              <div className="flex flex-wrap items-start gap-x-6 gap-y-1">
                {cause !== "chore" && <RetryForm place={place} postingId={row.postingId} />}
                {row.captureId && (
                  <a
                    className="inline-flex min-h-11 items-center"
                    href={`/firms/${place.company}/${place.firm}/payments/${row.captureId}${cause === "chore" ? "" : "/refund"}`}
                  >
                    {cause === "chore" ? "The payment" : "Refund it"}
                  </a>
                )}
                <NoteForm place={place} about="posting" id={row.postingId} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {count > rows.length && (
        <p className="text-muted text-sm">And {count - rows.length} more like these.</p>
      )}
    </section>
  );
}

/** Of which order it is; of a new contact its name, by which the orders that wait for it are found. */
function OrderOf({ place, order }: { place: Place; order: OrderOfSource }) {
  const orders = `/firms/${place.company}/${place.firm}/orders`;
  const href =
    "orderId" in order
      ? `${orders}/${order.orderId}`
      : `${orders}?${new URLSearchParams({ find: order.contact })}`;
  return (
    <>
      {" · "}
      <a href={href} className="wrap-anywhere inline-flex min-h-11 items-center">
        {"orderId" in order ? `Order ${order.words}` : `Orders of ${order.contact}`}
      </a>
    </>
  );
}
