import { and, asc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { attempts, captures, holds } from "#db/schema/payments.ts";
import { disputes, refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { failedFor, lastReason } from "#lib/core/failures/failures.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { DISPUTE_TOLD } from "./disputes/dispute-store.ts";
import { REFUND, REFUND_TOLD, REFUND_UNDONE } from "./refunds/refund-store.ts";
import { ATTEMPT, CAPTURE, POLL } from "./store.ts";

const longAgo = (minutes: number) => sql`now() - make_interval(mins => ${minutes})`;

/** Tries at paying that are past their time and not closed: their invoices are held, and a card's money may be reserved. */
export async function unfinishedAttempts(db: Db, late: Late): Promise<Unfinished[]> {
  return listAttempts(db, late, {
    since: attempts.expiresAt,
    where: inArray(attempts.state, ["creating", "open"]),
    word: "Payment of",
  });
}

/** Bank debits that no bank has answered. */
export async function unfinishedDebits(db: Db, late: Late): Promise<Unfinished[]> {
  return listAttempts(db, late, {
    since: attempts.submittedAt,
    where: eq(attempts.state, "submitted"),
    word: "Bank debit for",
  });
}

/** Holds of tries that have ended. */
export async function holdsLeft(db: Db, late: Late): Promise<Unfinished[]> {
  return listAttempts(db, late, {
    since: attempts.expiresAt,
    where: and(inArray(attempts.state, ["captured", "closed"]), eq(holds.state, "open")),
    word: "Hold on",
  });
}

type Which = {
  since: typeof attempts.expiresAt | typeof attempts.submittedAt;
  where: SQL | undefined;
  word: string;
};

async function listAttempts(db: Db, late: Late, { since, where, word }: Which): Promise<Unfinished[]> {
  const rows = await db
    .select({
      id: attempts.id,
      firmId: attempts.firmId,
      since,
      currency: attempts.currency,
      minor: attempts.amountMinor,
      numbers: sql<string>`string_agg(${holds.invoiceNumber}, ', ' order by ${holds.invoiceNumber})`,
      reason: sql<
        string | null
      >`coalesce(${lastReason(ATTEMPT, attempts.id)}, ${lastReason(POLL, attempts.processorAccountId)})`,
    })
    .from(attempts)
    .innerJoin(holds, eq(holds.attemptId, attempts.id))
    .where(
      and(
        where,
        sql`${since} <= ${longAgo(late.minutes)}`,
        late.firmId ? eq(attempts.firmId, late.firmId) : undefined,
      ),
    )
    .groupBy(attempts.id)
    .orderBy(asc(since));
  return rows.map(({ currency, minor, numbers, since: at, ...row }) => ({
    ...row,
    what: `${word} ${numbers}`,
    since: at ?? new Date(0),
    money: { minor, currency },
    failure: { kind: ATTEMPT, item: row.id },
  }));
}

/** What of a refund is not over: it was not asked for, the bank has not answered, or Xero does not have it yet. */
const STEPS = {
  asked: sql`${refunds.state} = 'asked'`,
  pending: sql`${refunds.state} = 'pending'`,
  untold: sql`(${refunds.state} = 'succeeded' and ${refunds.toldAt} is null)`,
  undone: sql`(${refunds.state} = 'failed' and ${refunds.toldAt} is not null and ${refunds.undoneAt} is null)`,
};

const REFUND_FAILURES = { asked: REFUND, pending: REFUND, untold: REFUND_TOLD, undone: REFUND_UNDONE };

/** Refunds at one of these steps. */
export async function unfinishedRefunds(
  db: Db,
  { minutes, firmId }: Late,
  steps: (keyof typeof STEPS)[],
): Promise<Unfinished[]> {
  const all: Unfinished[] = [];
  for (const step of steps) {
    const kind = REFUND_FAILURES[step];
    const rows = await db
      .select({
        id: refunds.id,
        firmId: refunds.firmId,
        since: sql<Date>`coalesce(${refunds.settledAt}, ${refunds.createdAt})`.mapWith(refunds.createdAt),
        currency: refunds.currency,
        minor: refunds.amountMinor,
        objectRef: refunds.objectRef,
        reason: lastReason(kind, refunds.id),
      })
      .from(refunds)
      .where(
        and(
          STEPS[step],
          sql`coalesce(${refunds.settledAt}, ${refunds.createdAt}) <= ${longAgo(minutes)}`,
          firmId ? eq(refunds.firmId, firmId) : undefined,
        ),
      )
      .orderBy(asc(refunds.createdAt));
    all.push(
      ...rows.map(({ currency, minor, objectRef, ...row }) => ({
        ...row,
        what: `Refund ${objectRef ?? ""}`.trim(),
        money: { minor, currency },
        failure: { kind, item: row.id },
      })),
    );
  }
  return all;
}

/** Payments and decided disputes of which Xero should be told, and what that asks for fails. */
export async function unfinishedTelling(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const [unposted, untold] = await Promise.all([
    failedFor(db, CAPTURE, minutes),
    failedFor(db, DISPUTE_TOLD, minutes),
  ]);
  if (unposted.length + untold.length === 0) return [];
  const ids = (rows: { item: string }[]) => sql`any(${sql.param(rows.map(({ item }) => item))}::uuid[])`;
  const rows = await db
    .select({
      captureId: captures.id,
      disputeId: disputes.id,
      firmId: captures.firmId,
      currency: captures.currency,
      minor: sql<string>`coalesce(${disputes.amountMinor}, ${captures.amountMinor})`,
      objectRef: sql<string>`coalesce(${disputes.objectRef}, ${captures.objectRef})`,
    })
    .from(captures)
    .leftJoin(disputes, and(eq(disputes.captureId, captures.id), sql`${disputes.id} = ${ids(untold)}`))
    .where(
      and(
        or(sql`${captures.id} = ${ids(unposted)}`, sql`${disputes.id} is not null`),
        firmId ? eq(captures.firmId, firmId) : undefined,
      ),
    );
  return rows.map(({ captureId, disputeId, currency, minor, objectRef, ...row }) => {
    const kind = disputeId ? DISPUTE_TOLD : CAPTURE;
    const item = disputeId ?? captureId;
    const failed = [...unposted, ...untold].find((one) => one.item === item);
    return {
      ...row,
      id: item,
      what: `${disputeId ? "Dispute" : "Payment"} ${objectRef}`,
      since: failed?.since ?? new Date(0),
      reason: failed?.reason ?? null,
      money: { minor: BigInt(minor), currency },
      failure: { kind, item },
    };
  });
}
