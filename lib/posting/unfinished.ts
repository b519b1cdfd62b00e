import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { isAfterItsFirst, postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { kindInWords } from "./kinds/registry.ts";
import { POSTING } from "./store.ts";

/** Documents that should be in Xero by now, and have neither arrived nor been refused; the oldest first. */
export async function unfinishedPostings(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const rows = await db
    .select({
      id: postings.id,
      firmId: postings.firmId,
      kind: postings.kind,
      reference: postings.reference,
      since: postings.begunAt,
      reason: postings.message,
      currency: postings.currency,
      minor: sql<string>`coalesce(sum(${postingLines.amountMinor}), ${postings.amountMinor}, 0)`,
    })
    .from(postings)
    .leftJoin(postingLines, eq(postingLines.postingId, postings.id))
    .where(
      and(
        inArray(postings.state, ["ready", "sending", "unknown"]),
        // What waits for its contact or invoice is told by that one.
        isAfterItsFirst(postings),
        sql`${postings.begunAt} <= now() - make_interval(mins => ${minutes})`,
        firmId ? eq(postings.firmId, firmId) : undefined,
      ),
    )
    .groupBy(postings.id)
    .orderBy(asc(postings.begunAt));
  return rows.map(({ kind, reference, currency, minor, ...row }) => ({
    ...row,
    what: `${kindInWords(kind)} ${reference}`,
    // A new contact is no money.
    money: currency === "" ? null : { minor: BigInt(minor), currency },
    failure: { kind: POSTING, item: row.id },
  }));
}
