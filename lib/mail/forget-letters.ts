import "server-only";
import { lt } from "drizzle-orm";
import { letters } from "#db/schema/mail.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets who was sent what. */
export async function forgetLetters(db: Db): Promise<number> {
  return deleteOld(db, letters, lt(letters.createdAt, daysAgo(AGES.emails)));
}
