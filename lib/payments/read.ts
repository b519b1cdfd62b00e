import { and, desc, eq, gte, ilike, isNotNull, lt, sql } from "drizzle-orm";
import { allocations, captures } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { type PostingState, postingsOf } from "#lib/posting/read.ts";

export type PaymentRow = {
  captureId: string;
  capturedAt: Date;
  currency: string;
  amountMinor: bigint;
  method: string | null;
  numbers: string[];
  reference: string | null;
  state: PostingState | "problem";
  message: string | null;
};

const PAGE = 50;

/** Payments of a firm, newest first, 50 a page; `search` looks in invoice numbers. `before` is the last page's last instant. */
export async function listPayments(
  db: Db,
  firm: FirmContext,
  { search, before }: { search?: string | undefined; before?: Date | undefined } = {},
): Promise<{ rows: PaymentRow[]; more: boolean }> {
  requireAbility(firm, "see");
  // Drizzle names no table in a selected column of a single one, so ${captures.id} would be the allocation's own.
  const numbers = sql<
    string[] | null
  >`(select array_agg(a.invoice_number order by a.invoice_number) from ${allocations} a where a.capture_id = ${captures}.id)`;
  const pattern = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const rows = await db
    .select({
      captureId: captures.id,
      capturedAt: captures.capturedAt,
      currency: captures.currency,
      amountMinor: captures.amountMinor,
      method: captures.method,
      problem: captures.problem,
      numbers,
    })
    .from(captures)
    .where(
      and(
        eq(captures.firmId, firm.firmId),
        before ? lt(captures.capturedAt, before) : undefined,
        pattern
          ? sql`exists (select 1 from ${allocations} where ${allocations.captureId} = ${captures.id} and ${ilike(allocations.invoiceNumber, pattern)})`
          : undefined,
      ),
    )
    .orderBy(desc(captures.capturedAt))
    .limit(PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const posted = await postingsOf(
    db,
    shown.map((row) => row.captureId),
  );
  return {
    more: rows.length > PAGE,
    rows: shown.map(({ problem, ...row }) => {
      const posting = posted.get(row.captureId);
      return {
        ...row,
        numbers: row.numbers ?? [],
        reference: posting?.reference ?? null,
        state: problem ? "problem" : (posting?.state ?? "ready"),
        message: problem ?? posting?.message ?? null,
      };
    }),
  };
}

export type Sum = { currency: string; minor: bigint; count: number };

/** What came in since an instant, one sum a currency. */
export async function cameIn(db: Db, firm: FirmContext, since: Date): Promise<Sum[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      currency: captures.currency,
      minor: sql<string>`sum(${captures.amountMinor})`,
      count: sql<number>`count(*)::int`,
    })
    .from(captures)
    .where(and(eq(captures.firmId, firm.firmId), gte(captures.capturedAt, since)))
    .groupBy(captures.currency);
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

/** Money that differs from what was held: kept, and posted nowhere until a person has looked. */
export async function listProblems(db: Db, firm: FirmContext) {
  requireAbility(firm, "see");
  return db
    .select({
      captureId: captures.id,
      capturedAt: captures.capturedAt,
      currency: captures.currency,
      amountMinor: captures.amountMinor,
      problem: captures.problem,
    })
    .from(captures)
    .where(and(eq(captures.firmId, firm.firmId), isNotNull(captures.problem)))
    .orderBy(captures.capturedAt);
}
