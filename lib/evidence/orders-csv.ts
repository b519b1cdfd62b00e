import type { Db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import { BYTE_ORDER_MARK, csvLine } from "#lib/core/text/csv.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import type { OrderFilter, Position } from "#lib/orders/read.ts";
import { listOrdersForStaff, type OrderRow } from "#lib/orders/staff/read-for-staff.ts";
import { ORDER_WORDS } from "./order-words.ts";

const HEAD = [
  "Received on",
  "Time",
  "Time zone",
  "Source",
  "Number",
  "Revision",
  "Dated",
  "Buyer",
  "Currency",
  "Total",
  "State",
  "Invoice",
  "Reference",
  "Why it waits",
];

const ROWS_AT_ONCE = 500;

/** All orders that fit as a CSV file, in pieces, newest first. Throws `forbidden` to who may not see. */
export async function* ordersCsv(
  db: Db,
  firm: FirmContext,
  { search, timeZone }: { search: Omit<OrderFilter, "after" | "limit">; timeZone: string },
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  let after: Position | undefined;
  do {
    const { rows, next } = await listOrdersForStaff(db, firm, { ...search, after, limit: ROWS_AT_ONCE });
    yield rows.map((row) => lineOf(row, timeZone)).join("");
    after = next ?? undefined;
  } while (after);
}

function lineOf(row: OrderRow, timeZone: string): string {
  const [day = "", time = ""] = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  })
    .format(row.receivedAt)
    .split(" ");
  const told = row.documents.find(({ documentKind }) => documentKind === "invoice");
  return csvLine([
    ...[day, time, timeZone, row.source, row.number],
    ...[String(row.revision), row.date, row.buyer, row.currency],
    { number: toDecimal({ minor: row.totalMinor, currency: row.currency }) },
    ORDER_WORDS[row.state].word,
    row.invoice?.number ?? "",
    told?.reference ?? "",
    [
      ...row.faults.map(({ detail }) => detail),
      ...row.documents
        .flatMap((one) => [one, ...one.refusals])
        .flatMap(({ cause, message }) => (cause ? `${cause.title}. ${message ?? ""}` : [])),
    ].join(" "),
  ]);
}
