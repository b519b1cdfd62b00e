import { currencies } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { Books } from "./books.ts";

/** Keeps that an organisation has this currency, as Xero has just said. */
export async function keepCurrency(tx: Db, books: Books, code: string): Promise<void> {
  await tx
    .insert(currencies)
    .values({ ...books, code })
    .onConflictDoNothing();
}
