import { and, desc, eq, isNotNull } from "drizzle-orm";
import { clearingChecks, payoutSettings, payouts } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { type ClearingReport, clearingReport } from "./clearing/clearing-report.ts";
import { CAUSE_WORDS } from "./clearing/clearing-words.ts";
import { getSettings } from "./store.ts";

export type ProblemPayout = {
  payoutId: string;
  objectRef: string;
  arrivesOn: string;
  currency: string;
  amountMinor: bigint;
  problem: string;
};

/** Payouts that wait for a person, the newest first. Throws `forbidden` to who may not see. */
export async function listProblemPayouts(db: Db, firm: FirmContext): Promise<ProblemPayout[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      payoutId: payouts.id,
      objectRef: payouts.objectRef,
      arrivesOn: payouts.arrivesOn,
      currency: payouts.currency,
      amountMinor: payouts.amountMinor,
      problem: payouts.problem,
    })
    .from(payouts)
    .where(and(eq(payouts.firmId, firm.firmId), isNotNull(payouts.problem)))
    .orderBy(desc(payouts.madeAt));
  return rows.map(({ problem, ...row }) => ({ ...row, problem: problem ?? "" }));
}

export type ClearingState = { connectionId: string; checkedAt: Date | null; report: ClearingReport | null };

/** Of each organisation that payouts are set up for, what its last check came to. Throws `forbidden` to who may not see. */
export async function readClearing(db: Db, firm: FirmContext): Promise<ClearingState[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      connectionId: payoutSettings.connectionId,
      checkedAt: clearingChecks.checkedAt,
      report: clearingChecks.report,
    })
    .from(payoutSettings)
    .leftJoin(clearingChecks, eq(clearingChecks.connectionId, payoutSettings.connectionId))
    .where(eq(payoutSettings.firmId, firm.firmId));
  return rows.map(({ report, ...row }) => ({
    ...row,
    report: clearingReport.safeParse(report).data ?? null,
  }));
}

/** Clearing accounts that waited for a person at their last check, each with what is wrong. For letters to every firm. */
export async function listWrongClearing(db: Db): Promise<
  {
    connectionId: string;
    firmId: string;
    checkedAt: Date;
    currency: string;
    wrong: ClearingReport["parts"];
  }[]
> {
  const rows = await db.select().from(clearingChecks);
  return rows.flatMap(({ report: kept, ...row }) => {
    const report = clearingReport.safeParse(kept).data;
    if (!report || report.isRight) return [];
    const wrong = report.parts.filter(({ cause }) => !CAUSE_WORDS[cause].isRight);
    return { ...row, currency: report.currency, wrong };
  });
}

/** Where an organisation's payouts are written; null when nobody has said so. The caller has authorised who asks. */
export async function payoutPlan(
  db: Db,
  connectionId: string,
): Promise<{ bankAccountId: string; bankAccountName: string; feeAccountCode: string } | null> {
  return (await getSettings(db, connectionId)) ?? null;
}
