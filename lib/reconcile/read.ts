import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import { breaks } from "#db/schema/reconcile.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import type { Break } from "./store.ts";

export type BreakRow = Pick<
  Break,
  "id" | "kind" | "subject" | "reference" | "here" | "there" | "captureId" | "openedAt"
>;

const unsettled = and(isNull(breaks.closedAt), isNull(breaks.settledAt));

/** What disagrees at a firm and nobody has seen to, the oldest first. Throws `forbidden` to who may not see. */
export async function listBreaks(db: Db, firm: FirmContext): Promise<BreakRow[]> {
  requireAbility(firm, "see");
  return breaksOfFirm(db, firm.firmId);
}

/** The same for who runs the desk: nobody is asking who may. */
export async function breaksOfFirm(db: Db, firmId: string): Promise<BreakRow[]> {
  return db
    .select({
      id: breaks.id,
      kind: breaks.kind,
      subject: breaks.subject,
      reference: breaks.reference,
      here: breaks.here,
      there: breaks.there,
      captureId: breaks.captureId,
      openedAt: breaks.openedAt,
    })
    .from(breaks)
    .where(and(eq(breaks.firmId, firmId), unsettled))
    .orderBy(asc(breaks.openedAt))
    .limit(500);
}

/** The breaks that a payment ever had, by id. */
export async function breaksOfCapture(db: Db, firmId: string, captureId: string): Promise<string[]> {
  const rows = await db
    .select({ id: breaks.id })
    .from(breaks)
    .where(and(eq(breaks.firmId, firmId), eq(breaks.captureId, captureId)));
  return rows.map(({ id }) => id);
}

/** Firms where something came to disagree within a day, with how much disagrees in all and since when. For letters. */
export async function freshBreaks(
  db: Db,
): Promise<{ firmId: string; since: Date; kinds: Map<Break["kind"], number> }[]> {
  const rows = await db
    .select({
      firmId: breaks.firmId,
      kind: breaks.kind,
      count: count(),
      since: sql<Date>`min(${breaks.openedAt})`.mapWith(breaks.openedAt),
      isFresh: sql<boolean>`max(${breaks.openedAt}) > now() - interval '1 day'`,
    })
    .from(breaks)
    .where(unsettled)
    .groupBy(breaks.firmId, breaks.kind);
  return [...Map.groupBy(rows, (row) => row.firmId)]
    .filter(([, of]) => of.some(({ isFresh }) => isFresh))
    .map(([firmId, of]) => ({
      firmId,
      since: new Date(Math.min(...of.map(({ since }) => since.getTime()))),
      kinds: new Map(of.map((row) => [row.kind, row.count])),
    }));
}
