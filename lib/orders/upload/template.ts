import { BYTE_ORDER_MARK, csvLine } from "#lib/core/text/csv.ts";
import { COLUMNS } from "./columns.ts";

/** A file of orders to fill in: its columns, and an order of one line as an example. */
export function* orderTemplate(): Generator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map(({ name }) => name));
  yield csvLine(COLUMNS.map(({ example }) => example));
}
