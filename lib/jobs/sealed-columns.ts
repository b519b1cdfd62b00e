import { SEALED_COLUMNS as checkout } from "#lib/checkout/sealed-columns.ts";
import { SEALED_COLUMNS as processor } from "#lib/processor/sealed-columns.ts";
import { SEALED_COLUMNS as xero } from "#lib/xero/sealed-columns.ts";

/** Every column of the database that holds something sealed, as the rooms that seal tell of their own. */
export const ALL_SEALED_COLUMNS = [...xero, ...processor, ...checkout];
