import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { auditEvents, auditLinks } from "#db/schema/audit.ts";
import type { Db } from "#lib/core/db.ts";
import { COVERED, type Covered } from "./links.ts";

export type TimelineLine = {
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, string | number | boolean | null>;
  ip: string | null;
  /** Its facts were erased: `detail` is empty. */
  isErased: boolean;
  /** Its place in the firm's chain; null for a line that somebody wrote past the chain. */
  link: { position: bigint; hash: string; before: string } | null;
  /** What the link's hash covers, each value by its text, in this order: see links.ts. */
  covered: Covered;
};

/** What was written down about these subjects at this firm, in the order of its chain. */
export async function linesAbout(db: Db, firmId: string, subjects: string[]): Promise<TimelineLine[]> {
  if (subjects.length === 0) return [];
  const rows = await db
    .select({
      at: auditEvents.at,
      action: auditEvents.action,
      actor: auditEvents.actor,
      subject: auditEvents.subject,
      detail: sql<TimelineLine["detail"]>`${auditEvents.detail}`,
      ip: auditEvents.ip,
      isErased: sql<boolean>`${auditEvents.detailDigest} is not null`,
      position: auditLinks.position,
      hash: auditLinks.hash,
      before: sql<
        string | null
      >`(select before.hash from ${auditLinks} before where before.chain = ${auditLinks.chain} and before.position = ${auditLinks.position} - 1)`,
      covered: COVERED,
    })
    .from(auditEvents)
    .leftJoin(auditLinks, eq(auditLinks.seq, auditEvents.seq))
    .where(and(eq(auditEvents.firmId, firmId), inArray(auditEvents.subject, subjects)))
    .orderBy(sql`${auditLinks.position} asc nulls last`, asc(auditEvents.seq));
  return rows.map(({ position, hash, before, ...line }) => ({
    ...line,
    link: position !== null && hash !== null ? { position, hash, before: before ?? "" } : null,
  }));
}
