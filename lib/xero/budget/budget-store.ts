import "server-only";
import { and, count, eq, gt, min, sql } from "drizzle-orm";
import { callBudget, callUsage, xeroCalls } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { type CountedAs, countedAs, type Purpose } from "../api/types.ts";
import { type Allowance, type Budget, judge, type Limited, type Verdict } from "./budget-rules.ts";

/** Whose limits: Xero counts each app with each organisation by itself. */
export type Line = { appId: string; tenantId: string };

/** One call that may begin now. */
export type Lease = Line & { callId: string; purpose: CountedAs };

/** What became of it. */
export type Ending = {
  /** False when nobody knows whether Xero still works on it: then it keeps its place until its lease ends. */
  over: boolean;
  allowance: Allowance;
  blocked: Limited | null;
  egressBytes: number;
};

type Claim = Lease | Exclude<Verdict, { kind: "go" }>;

/** Longer than the statements around a call and its 15 seconds may take: then its process is gone, and it is over. */
const LEASE_SECONDS = 40;

/** How long a waiting payer or write keeps less urgent calls out; it asks again well before. */
const WAITS_SECONDS = 1;

/** All instants are the database's own, at the statement. */
const CLOCK = sql<Date>`statement_timestamp()`;
const later = (seconds: number) => sql`statement_timestamp() + make_interval(secs => ${seconds})`;
const minuteAgo = sql`statement_timestamp() - interval '1 minute'`;

/**
 * Asks for one call. What was decided counts only if nothing has happened since it was read, so all processes take their
 * turns without a lock that one of them could hold while it stands still.
 */
export async function claimCall(db: Db, line: Line, purpose: Purpose): Promise<Claim> {
  for (;;) {
    const { budget, version, now } = await readBudget(db, line);
    const verdict = judge(budget, purpose, now);
    if (verdict.kind !== "go") {
      if (verdict.kind === "wait" && (purpose === "payer" || purpose === "write"))
        await noteWaiting(db, line, purpose);
      return verdict;
    }
    const callId = await begin(db, line, { purpose, version });
    if (callId) return { ...line, callId, purpose: countedAs(purpose) };
  }
}

/** The call ended, or its answer was lost: keeps what Xero said of the allowance, and counts the call for people to see. */
export async function endCall(db: Db, lease: Lease, ending: Ending): Promise<void> {
  const { blocked, allowance } = ending;
  // Nobody may read what is used up without until when: they would take it for the reading of a day, and wait an hour.
  if (blocked) await noteBlocked(db, lease, blocked);
  await noteAllowance(db, lease, blocked ? { ...allowance, ...EMPTIED[blocked.problem] } : allowance);
  // Only now: who takes this place must know what Xero said.
  if (ending.over) await db.update(xeroCalls).set({ overAt: CLOCK }).where(eq(xeroCalls.id, lease.callId));
  await countUsage(db, lease, ending);
}

/** The request never left: as if nobody had asked. What was taken off Xero's word comes back with its next one. */
export async function dropCall(db: Db, { callId }: Lease): Promise<void> {
  await db.delete(xeroCalls).where(eq(xeroCalls.id, callId));
}

/** All that decides about a call, as it was at one moment. */
async function readBudget(db: Db, line: Line): Promise<{ budget: Budget; version: number; now: Date }> {
  const underWay = (purpose: CountedAs) =>
    sql<number>`(count(*) filter (where ${xeroCalls.purpose} = ${purpose} and ${xeroCalls.overAt} > ${CLOCK}))::int`;
  const own = db
    .select({
      payer: underWay("payer").as("payer"),
      write: underWay("write").as("write"),
      sync: underWay("sync").as("sync"),
      inMinute: count().as("in_minute"),
      payersInMinute: sql<number>`(count(*) filter (where ${xeroCalls.purpose} = 'payer'))::int`.as(
        "payers_in_minute",
      ),
      firstOverAt: min(xeroCalls.overAt).as("first_over_at"),
    })
    .from(xeroCalls)
    .where(
      and(
        eq(xeroCalls.appId, line.appId),
        eq(xeroCalls.tenantId, line.tenantId),
        gt(xeroCalls.overAt, minuteAgo),
      ),
    )
    .as("own");
  const app = db
    .select({ calls: count().as("calls") })
    .from(xeroCalls)
    .where(and(eq(xeroCalls.appId, line.appId), gt(xeroCalls.overAt, minuteAgo)))
    .as("app");
  // Xero's "try later" of the app's minute holds for all its organisations, whichever it was said of.
  const appBlock = db
    .select({ until: sql<Date | null>`max(${callBudget.blockedUntil})`.as("until") })
    .from(callBudget)
    .where(sql`${callBudget.appId} = ${line.appId} and ${callBudget.blockedBy} = 'appminute'`)
    .as("app_block");
  const [row] = await db
    .select({
      row: callBudget,
      now: CLOCK.mapWith(callBudget.observedAt),
      payer: own.payer,
      write: own.write,
      sync: own.sync,
      inMinute: own.inMinute,
      payersInMinute: own.payersInMinute,
      firstOverAt: own.firstOverAt,
      appInMinute: app.calls,
      appBlockedUntil: sql<Date | null>`${appBlock.until}`.mapWith(callBudget.blockedUntil),
    })
    .from(callBudget)
    .crossJoin(own)
    .crossJoin(app)
    .crossJoin(appBlock)
    .where(of(line));
  if (!row) {
    await db.insert(callBudget).values({ appId: line.appId, tenantId: line.tenantId }).onConflictDoNothing();
    return readBudget(db, line);
  }
  const { version, ...budget } = row.row;
  const { payer, write, sync, inMinute, payersInMinute, firstOverAt, appInMinute, appBlockedUntil, now } =
    row;
  const said =
    appBlockedUntil && !(budget.blockedUntil && budget.blockedUntil >= appBlockedUntil)
      ? { blockedBy: "appminute" as const, blockedUntil: appBlockedUntil }
      : {};
  const counts = { underWay: { payer, write, sync }, inMinute, payersInMinute, firstOverAt, appInMinute };
  return { budget: { ...budget, ...counts, ...said }, version, now };
}

/** The call's id, or undefined when somebody else came first. One statement: both rows change, or none. */
async function begin(
  db: Db,
  { appId, tenantId }: Line,
  { purpose, version }: { purpose: Purpose; version: number },
): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with turn as (
      update call_budget set version = version + 1,
        minute_remaining = minute_remaining - 1,
        day_remaining = day_remaining - 1,
        app_minute_remaining = app_minute_remaining - 1,
        payer_waits_until = case when ${purpose} <> 'payer' then payer_waits_until end,
        write_waits_until = case when ${purpose} <> 'write' then write_waits_until end
      where app_id = ${appId} and tenant_id = ${tenantId} and version = ${version}
      returning app_id, tenant_id
    )
    insert into xero_calls (app_id, tenant_id, purpose, begun_at, over_at)
    select app_id, tenant_id, ${countedAs(purpose)}, ${CLOCK}, ${later(LEASE_SECONDS)} from turn
    returning id`);
  return rows[0]?.id;
}

async function noteWaiting(db: Db, line: Line, purpose: "payer" | "write"): Promise<void> {
  const until = later(WAITS_SECONDS);
  await db
    .update(callBudget)
    .set(purpose === "payer" ? { payerWaitsUntil: until } : { writeWaitsUntil: until })
    .where(of(line));
}

/**
 * Keeps what is left for sure: Xero's word, less the calls that ran at some time while this one did, which Xero may have
 * counted after it. Counted and written on one version of the row; a word that never gets its turn is no loss, for what
 * stands there only went down since.
 */
async function noteAllowance(
  db: Db,
  { appId, tenantId, callId }: Lease,
  { minuteRemaining, dayRemaining, appMinuteRemaining }: Allowance,
): Promise<void> {
  if (minuteRemaining === null && dayRemaining === null && appMinuteRemaining === null) return;
  const dayLimit = dayRemaining === null ? null : dayRemaining > 1_000 ? 5_000 : 1_000;
  const ofLine = sql`app_id = ${appId} and tenant_id = ${tenantId}`;
  for (let tries = 0; tries < 5; tries += 1) {
    const { rowCount } = await db.execute(sql`
      with beside as (
        select count(*)::int as calls from xero_calls where ${ofLine} and id <> ${callId}
          and over_at >= (select begun_at from xero_calls where id = ${callId})
      ), seen as (select version from call_budget where ${ofLine})
      update call_budget set version = call_budget.version + 1,
        minute_remaining = coalesce(${minuteRemaining}::int - beside.calls, minute_remaining),
        day_remaining = coalesce(${dayRemaining}::int - beside.calls, day_remaining),
        app_minute_remaining = coalesce(${appMinuteRemaining}::int - beside.calls, app_minute_remaining),
        day_limit = greatest(${dayLimit}::int, day_limit),
        observed_at = ${CLOCK}
      from beside, seen where ${ofLine} and call_budget.version = seen.version`);
    if (rowCount) return;
  }
}

const EMPTIED = {
  minute: { minuteRemaining: null },
  day: { dayRemaining: null },
  appminute: { appMinuteRemaining: null },
  concurrent: {},
} as const;

/**
 * Xero asked us to wait: until then nobody calls, and what it said to be left counts for nothing afterwards. Never
 * shortens another wait.
 */
async function noteBlocked(db: Db, line: Line, { problem, retryAfterSeconds }: Limited): Promise<void> {
  const until = later(Math.max(1, retryAfterSeconds));
  const isLonger = sql`coalesce(${callBudget.blockedUntil} < ${until}, true)`;
  await db
    .update(callBudget)
    .set({
      ...EMPTIED[problem],
      blockedBy: sql`case when ${isLonger} then ${problem} else ${callBudget.blockedBy} end`,
      blockedUntil: sql`greatest(${callBudget.blockedUntil}, ${until})`,
      version: sql`${callBudget.version} + 1`,
    })
    .where(of(line));
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
