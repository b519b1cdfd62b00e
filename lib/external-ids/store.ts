import { and, count, eq, inArray, sql } from "drizzle-orm";
import { recordLinks } from "#db/schema/external-ids.ts";
import type { Db } from "#lib/core/db.ts";
import { type LinkKind, type LinkRecord, theirKey } from "./rules.ts";

const BATCH = 1_000;

export function batchesOf<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) =>
    all.slice(at * BATCH, (at + 1) * BATCH),
  );
}

/** Until the transaction ends nobody else imports links of this firm. */
export async function lockLinks(tx: Db, firmId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`record-links ${firmId}`}, 0))`);
}

/** What the firm has on file of these records, by `theirKey`. */
export async function listOnFile(
  db: Db,
  firmId: string,
  links: LinkRecord[],
): Promise<Map<string, { connectionId: string; xeroId: string }>> {
  const found = new Map<string, { connectionId: string; xeroId: string }>();
  for (const batch of batchesOf(links)) {
    const rows = await db
      .select()
      .from(recordLinks)
      .where(
        and(
          eq(recordLinks.firmId, firmId),
          inArray(recordLinks.system, [...new Set(batch.map(({ system }) => system))]),
          inArray(recordLinks.theirId, [...new Set(batch.map(({ theirId }) => theirId))]),
        ),
      );
    for (const row of rows) found.set(theirKey(row), row);
  }
  return found;
}

/** `isChecked` false: the mirror keeps no records of this kind. */
export async function insertLinks(
  tx: Db,
  to: { firmId: string; connectionId: string },
  links: { link: LinkRecord; isChecked: boolean }[],
): Promise<void> {
  for (const batch of batchesOf(links)) {
    await tx
      .insert(recordLinks)
      .values(
        batch.map(({ link, isChecked }) => ({ ...to, ...link, checkedAt: isChecked ? sql`now()` : null })),
      );
  }
}

export type LinkCount = { connectionId: string; system: string; kind: LinkKind; links: number };

export async function countLinks(db: Db, firmId: string): Promise<LinkCount[]> {
  const { connectionId, system, kind } = recordLinks;
  return db
    .select({ connectionId, system, kind, links: count() })
    .from(recordLinks)
    .where(eq(recordLinks.firmId, firmId))
    .groupBy(connectionId, system, kind)
    .orderBy(system, kind);
}
