import "server-only";
import { and, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";
import type { Db } from "#lib/core/db.ts";
import { BATCH, daysAgo, inBatches } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/**
 * Erases the addresses from which these subjects' lines of the firm came. The chain stands: it knows them by a salted hash,
 * and the salt goes with them. Returns how many lines had one.
 */
export async function eraseAddresses(db: Db, firmId: string, subjects: string[]): Promise<number> {
  if (subjects.length === 0) return 0;
  return eraseIn(db, and(eq(auditEvents.firmId, firmId), inArray(auditEvents.subject, subjects)));
}

/** The same of all lines that are so old. */
export async function forgetAddresses(db: Db): Promise<number> {
  return inBatches(async () => {
    const { at, ip, seq } = auditEvents;
    const isOld = and(lt(at, daysAgo(AGES.addresses)), isNotNull(ip));
    return eraseIn(db, inArray(seq, db.select({ seq }).from(auditEvents).where(isOld).limit(BATCH)));
  });
}

/** Erases the facts of these subjects' lines of one action, for a text that a person typed is among them. Returns how many. */
export async function eraseFacts(
  db: Db,
  firmId: string,
  { subjects, action }: { subjects: string[]; action: string },
): Promise<number> {
  if (subjects.length === 0) return 0;
  const { detail, detailSalt, detailDigest } = auditEvents;
  const { rowCount } = await db
    .update(auditEvents)
    .set({
      detail: {},
      detailSalt: null,
      detailDigest: sql`audit_erasable(${detail}::text, ${detailSalt}, null)`,
    })
    .where(
      and(
        eq(auditEvents.firmId, firmId),
        inArray(auditEvents.subject, subjects),
        eq(auditEvents.action, action),
        isNull(detailDigest),
      ),
    );
  return rowCount ?? 0;
}

async function eraseIn(db: Db, which: SQL | undefined): Promise<number> {
  const { ip, ipSalt } = auditEvents;
  const { rowCount } = await db
    .update(auditEvents)
    .set({ ip: null, ipSalt: null, ipDigest: sql`audit_erasable(${ip}, ${ipSalt}, null)` })
    .where(and(which, isNotNull(ip)));
  return rowCount ?? 0;
}
