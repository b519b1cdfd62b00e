import type { Db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import { BYTE_ORDER_MARK, csvLine } from "#lib/core/text/csv.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import type { PlaceInList } from "#lib/payments/read.ts";
import { listPayments, type PaymentQuery, type PaymentRow } from "#lib/payments/read.ts";
import { STANDING_WORDS } from "./standing-words.ts";

const HEAD = [
  "Paid on",
  "Time",
  "Time zone",
  "Payer",
  "E-mail",
  "Invoices",
  "Currency",
  "Amount",
  "Method",
  "Reference",
  "In Xero",
  "What Xero said",
  "Stripe payment",
];

const ROWS_AT_ONCE = 500;

/** All payments that fit as a CSV file, in pieces, newest first. Throws `forbidden` to who may not see. */
export async function* paymentsCsv(
  db: Db,
  firm: FirmContext,
  { search, timeZone }: { search: PaymentQuery; timeZone: string },
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  let after: PlaceInList | undefined;
  do {
    const { rows, more } = await listPayments(db, firm, { ...search, after, limit: ROWS_AT_ONCE });
    yield rows.map((row) => lineOf(row, timeZone)).join("");
    after = more ? rows.at(-1) : undefined;
  } while (after);
}

function lineOf(row: PaymentRow, timeZone: string): string {
  const [day = "", time = ""] = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  })
    .format(row.capturedAt)
    .split(" ");
  return csvLine([
    day,
    time,
    timeZone,
    row.payer.name ?? "",
    row.payer.email ?? "",
    row.numbers.join(" "),
    row.currency,
    { number: toDecimal({ minor: row.amountMinor, currency: row.currency }) },
    row.method ?? "",
    row.reference ?? "",
    STANDING_WORDS[row.standing].word,
    row.message ?? "",
    row.objectRef,
  ]);
}
