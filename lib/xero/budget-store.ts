import "server-only";
import { and, count, eq, gt, gte, lt, min, ne, type SQLWrapper, sql } from "drizzle-orm";
import { callBudget, callUsage, xeroCalls } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { type Allowance, allowanceAfter, type Budget, judge, type Limited, type Verdict } from "./budget.ts";
import type { Purpose } from "./types.ts";

/** Whose limits: Xero counts each app with each organisation by itself. */
export type Line = { appId: string; tenantId: string };

/** One call that may begin now. */
export type Lease = Line & { callId: string; purpose: Purpose };

/** What became of it. */
export type Ending = {
  /** False when nobody knows whether Xero still works on it: then it keeps its place until its lease ends. */
  over: boolean;
  allowance: Allowance;
  blocked: Limited | null;
  egressBytes: number;
};

/** Longer than the statements around a call and its 15 seconds may take: then its process is gone, and it is over. */
const LEASE_SECONDS = 40;

/** How long a waiting payer or write keeps less urgent calls out; it asks again well before. */
const WAITS_SECONDS = 1;

/** Xero's own clock does not matter here: all instants are the database's, at the statement, not at a wait's beginning. */
const CLOCK = sql<Date>`statement_timestamp()`;
const later = (seconds: number) => sql`statement_timestamp() + make_interval(secs => ${seconds})`;
const minuteAgo = sql`statement_timestamp() - interval '1 minute'`;

/** Asks for one call: in one short transaction that all processes take in turn for an organisation. */
export async function claimCall(
  db: Db,
  line: Line,
  purpose: Purpose,
): Promise<Lease | Exclude<Verdict, { kind: "go" }>> {
  return db.transaction(async (tx) => {
    const row = await lockBudget(tx, line);
    const { now, ...ours } = await ownCalls(tx, line);
    const verdict = judge({ ...row, ...ours }, purpose, now);
    if (verdict.kind === "go") {
      const { id } = await begin(tx, line, purpose);
      return { ...line, callId: id, purpose };
    }
    if (verdict.kind === "wait" && purpose !== "sync") await noteWaiting(tx, line, purpose);
    return verdict;
  });
}

/** The call ended, or its answer was lost: keeps what Xero said of the allowance, and counts the call for people to see. */
export async function endCall(db: Db, lease: Lease, ending: Ending): Promise<void> {
  await db.transaction(async (tx) => {
    await lockBudget(tx, lease);
    const beside = await countBeside(tx, lease);
    if (ending.over) await tx.update(xeroCalls).set({ overAt: CLOCK }).where(eq(xeroCalls.id, lease.callId));
    await noteAllowance(tx, lease, allowanceAfter(ending.allowance, beside));
    if (ending.blocked) await noteBlocked(tx, lease, ending.blocked);
    await countUsage(tx, lease, ending);
  });
}

/** The request never left: as if nobody had asked. What was taken off Xero's word comes back with its next one. */
export async function dropCall(db: Db, { callId }: Lease): Promise<void> {
  await db.delete(xeroCalls).where(eq(xeroCalls.id, callId));
}

/** Forgets calls that no limit can count any more, and the usage of a year and a month ago. */
export async function forgetOldCalls(db: Db): Promise<void> {
  await db.delete(xeroCalls).where(lt(xeroCalls.overAt, sql`now() - interval '5 minutes'`));
  await db.delete(callUsage).where(lt(callUsage.hour, sql`now() - interval '400 days'`));
}

type BudgetRow = typeof callBudget.$inferSelect;

async function lockBudget(tx: Db, line: Line): Promise<BudgetRow> {
  const find = () => tx.select().from(callBudget).where(of(line)).for("update");
  const [row] = await find();
  if (row) return row;
  await tx.insert(callBudget).values({ appId: line.appId, tenantId: line.tenantId }).onConflictDoNothing();
  const [made] = await find();
  if (!made) throw new Error("A call budget was not written");
  return made;
}

async function ownCalls(
  tx: Db,
  line: Line,
): Promise<
  Pick<Budget, "underWay" | "inMinute" | "firstOverAt" | "appInMinute" | "blockedBy" | "blockedUntil"> & {
    now: Date;
  }
> {
  const underWay = (purpose: Purpose) =>
    sql<number>`(count(*) filter (where ${xeroCalls.purpose} = ${purpose} and ${xeroCalls.overAt} > statement_timestamp()))::int`;
  const [own] = await tx
    .select({
      now: CLOCK.mapWith(xeroCalls.overAt),
      payer: underWay("payer"),
      write: underWay("write"),
      sync: underWay("sync"),
      inMinute: count(),
      firstOverAt: min(xeroCalls.overAt),
      appInMinute: sql<number>`(${tx
        .select({ calls: count() })
        .from(xeroCalls)
        .where(and(eq(xeroCalls.appId, line.appId), gt(xeroCalls.overAt, minuteAgo)))})::int`,
    })
    .from(xeroCalls)
    .where(
      and(
        eq(xeroCalls.appId, line.appId),
        eq(xeroCalls.tenantId, line.tenantId),
        gt(xeroCalls.overAt, minuteAgo),
      ),
    );
  if (!own) throw new Error("A count has one row");
  const { payer, write, sync, ...rest } = own;
  return { ...rest, underWay: { payer, write, sync }, ...(await blockOf(tx, line)) };
}

/** Xero's own "try later": to this organisation, or to the whole app whichever organisation it was said of. */
async function blockOf(tx: Db, line: Line): Promise<Pick<Budget, "blockedBy" | "blockedUntil">> {
  const [block] = await tx
    .select({ blockedBy: callBudget.blockedBy, blockedUntil: callBudget.blockedUntil })
    .from(callBudget)
    .where(
      and(
        eq(callBudget.appId, line.appId),
        sql`(${callBudget.tenantId} = ${line.tenantId} or ${callBudget.blockedBy} = 'appminute')`,
        gt(callBudget.blockedUntil, CLOCK),
      ),
    )
    .orderBy(sql`${callBudget.blockedUntil} desc`)
    .limit(1);
  return block ?? { blockedBy: null, blockedUntil: null };
}

async function begin(tx: Db, line: Line, purpose: Purpose): Promise<{ id: string }> {
  const less = (remaining: SQLWrapper) => sql`${remaining} - 1`;
  await tx
    .update(callBudget)
    .set({
      minuteRemaining: less(callBudget.minuteRemaining),
      dayRemaining: less(callBudget.dayRemaining),
      appMinuteRemaining: less(callBudget.appMinuteRemaining),
      ...(purpose === "payer" ? { payerWaitsUntil: null } : {}),
      ...(purpose === "write" ? { writeWaitsUntil: null } : {}),
    })
    .where(of(line));
  const [call] = await tx
    .insert(xeroCalls)
    .values({
      appId: line.appId,
      tenantId: line.tenantId,
      purpose,
      begunAt: CLOCK,
      overAt: later(LEASE_SECONDS),
    })
    .returning({ id: xeroCalls.id });
  if (!call) throw new Error("A call was not written");
  return call;
}

async function noteWaiting(tx: Db, line: Line, purpose: "payer" | "write"): Promise<void> {
  const until = later(WAITS_SECONDS);
  await tx
    .update(callBudget)
    .set(purpose === "payer" ? { payerWaitsUntil: until } : { writeWaitsUntil: until })
    .where(of(line));
}

/** Calls that ran at some time while this one did: Xero may have counted them before it, or after. */
async function countBeside(tx: Db, { callId, ...line }: Lease): Promise<number> {
  const [beside] = await tx
    .select({ calls: count() })
    .from(xeroCalls)
    .where(
      and(
        eq(xeroCalls.appId, line.appId),
        eq(xeroCalls.tenantId, line.tenantId),
        ne(xeroCalls.id, callId),
        gte(xeroCalls.overAt, sql`(select c.begun_at from ${xeroCalls} c where c.id = ${callId})`),
      ),
    );
  return beside?.calls ?? 0;
}

async function noteAllowance(
  tx: Db,
  line: Line,
  { minuteRemaining, dayRemaining, appMinuteRemaining }: Allowance,
): Promise<void> {
  if (minuteRemaining === null && dayRemaining === null && appMinuteRemaining === null) return;
  const dayLimit = dayRemaining === null ? null : dayRemaining > 1_000 ? 5_000 : 1_000;
  await tx
    .update(callBudget)
    .set({
      minuteRemaining: sql`coalesce(${minuteRemaining}, ${callBudget.minuteRemaining})`,
      dayRemaining: sql`coalesce(${dayRemaining}, ${callBudget.dayRemaining})`,
      appMinuteRemaining: sql`coalesce(${appMinuteRemaining}, ${callBudget.appMinuteRemaining})`,
      dayLimit: sql`greatest(${dayLimit}, ${callBudget.dayLimit})`,
      observedAt: CLOCK,
    })
    .where(of(line));
}

const EMPTIED = {
  minute: { minuteRemaining: null },
  day: { dayRemaining: null },
  appminute: { appMinuteRemaining: null },
  concurrent: {},
} as const;

/** Xero asked us to wait: until then nobody calls, and then what it said to be left counts for nothing. Never shortens another wait. */
async function noteBlocked(tx: Db, line: Line, { problem, retryAfterSeconds }: Limited): Promise<void> {
  const until = later(Math.max(1, retryAfterSeconds));
  await tx.update(callBudget).set(EMPTIED[problem]).where(of(line));
  await tx
    .update(callBudget)
    .set({ blockedBy: problem, blockedUntil: until })
    .where(and(of(line), sql`coalesce(${callBudget.blockedUntil} < ${until}, true)`));
}

async function countUsage(tx: Db, lease: Lease, { blocked, egressBytes }: Ending): Promise<void> {
  await tx
    .insert(callUsage)
    .values({
      appId: lease.appId,
      tenantId: lease.tenantId,
      hour: sql`date_trunc('hour', now())`,
      purpose: lease.purpose,
      calls: 1,
      limited: blocked ? 1 : 0,
      egressBytes: BigInt(egressBytes),
    })
    .onConflictDoUpdate({
      target: [callUsage.appId, callUsage.tenantId, callUsage.hour, callUsage.purpose],
      set: {
        calls: sql`${callUsage.calls} + 1`,
        limited: sql`${callUsage.limited} + excluded.limited`,
        egressBytes: sql`${callUsage.egressBytes} + excluded.egress_bytes`,
      },
    });
}

function of({ appId, tenantId }: Line) {
  return and(eq(callBudget.appId, appId), eq(callBudget.tenantId, tenantId));
}
