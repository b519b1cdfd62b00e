import type { Db } from "#lib/core/db.ts";
import type { Books } from "../books.ts";
import { backfillOrganisation } from "./backfill.ts";
import { readChanges } from "./delta.ts";

/** After a consent: reads a new organisation whole, or what a known one changed while we could not read it. */
export async function catchUp(db: Db, books: Books): Promise<void> {
  await backfillOrganisation(db, books);
  await readChanges(db, books, { force: true });
}
