import { eq, max } from "drizzle-orm";
import { checkouts } from "#db/schema/checkout.ts";
import type { Db } from "#lib/core/db.ts";

/** When a client of this organisation last chose what to pay: proof that a pay link led here. Null when none did. */
export async function lastVisit(db: Db, connectionId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: max(checkouts.createdAt) })
    .from(checkouts)
    .where(eq(checkouts.connectionId, connectionId));
  return row?.at ?? null;
}
