/**
 * npm run chaos:nemesis -- --seed N --minutes M [--every S]: the product as it runs in production, many payers and refunds, and
 * everything going wrong meanwhile, on a schedule that the seed decides. Then good weather, and what must be true is
 * checked. Ends with 1 when anything is broken. What was done and when is in .data/chaos/history.jsonl.
 * With --orders N --kills K instead of minutes nobody pays: it goes on until so many orders were sent and so many processes killed.
 */
import { appendFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { db } from "../lib/core/db.ts";
import { enqueue } from "../lib/core/queue/queue.ts";
import { pollAttempts, reflectPostings } from "../lib/jobs/scheduled-jobs.ts";
import { pollPayouts } from "../lib/payouts/jobs.ts";
import { reconcileFirm } from "../lib/reconcile/run.ts";
import { standingInXero, type TrueInvoice } from "../lib/testing/truth/truth.ts";
import { tokenCalls } from "../lib/testing/xero/at-xero.ts";
import { checkInvariants, journal } from "./invariants.ts";
import { killWriters } from "./kill-writers.ts";
import { type Pace, sendOrders } from "./order-senders.ts";
import { sendPayouts } from "./pay-out.ts";
import { poolsOf, sendPayers } from "./payers.ts";
import { type Step, scheduleOf } from "./schedule.ts";
import { sendRefunds } from "./send-back.ts";
import { openStage, type Stage } from "./stage.ts";
import { strike } from "./strike.ts";

/** Payers at the same time. */
const AT_ONCE = 8;
/** Nothing may stay unsettled for longer after the last strike. */
const REST_SECONDS = 240;
/** A schedule for as long as any number of kills may take. */
const LONGEST_MINUTES = 24 * 60;

/** How orders are sent beside payers, and alone. */
const FEW = { lanes: 1, everyMs: 400, killed: 0.05 };
const CROWD = { lanes: 6, everyMs: 50, killed: 0.1 };

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "5" },
    /** About so many seconds between two strikes: a process that starts takes time that payers could have. */
    every: { type: "string", default: "1.5" },
    orders: { type: "string" },
    kills: { type: "string", default: "1000" },
  },
});
const goal = values.orders ? { orders: Number(values.orders), kills: Number(values.kills) } : null;
const [seed, every] = [Number(values.seed), Number(values.every)];
const minutes = goal ? LONGEST_MINUTES : Number(values.minutes);
if (
  !Number.isInteger(seed) ||
  !(minutes > 0) ||
  !(every > 0) ||
  (goal && !(goal.orders > 0 && goal.kills > 0))
)
  throw new Error(
    "npm run chaos:nemesis -- --seed 1 --minutes 5 --every 1.5, or --orders 10000 --kills 1000",
  );
const began = Date.now();
const span = goal ? `${goal.orders} orders and ${goal.kills} kills` : `${minutes} minutes`;
console.log(
  `nemesis: seed ${seed}, ${span}, a strike about every ${every} s, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before`,
);

let stage: Stage | undefined;
let ending = false;
const end = async (code: number) => {
  if (ending) return;
  ending = true;
  await stage?.close().catch(() => {});
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(130));
try {
  stage = await openStage(goal ? 200 : Math.max(200, Math.round(minutes * 120)));
  const wrong = await run(stage);
  const verdict = wrong.length === 0 ? "nothing broken" : `${wrong.length} broken`;
  console.log(`\nseed ${seed}: ${verdict} in ${Math.round((Date.now() - began) / 1_000)} s`);
  await end(wrong.length === 0 ? 0 : 1);
} catch (error) {
  if (!ending) console.error(error);
  await end(1);
}

async function run(on: Stage): Promise<string[]> {
  const start = Date.now();
  let struckDown = 0;
  const tell = (what: Step) => {
    const line = JSON.stringify({ after: Date.now() - start, ...what });
    appendFileSync(path.join(on.folder, "history.jsonl"), `${line}\n`);
    if (what.kind === "kill") struckDown += 1;
  };
  const refreshesBefore = (await tokenCalls(on.simulator))["refresh_token ok"] ?? 0;
  const payers = sendPayers(on, { seed, atOnce: goal ? 0 : AT_ONCE, pools: await poolsOf(on, seed) });
  const refunds = sendRefunds(on, seed);
  const payouts = sendPayouts(on, seed);
  const writers = goal ? killWriters(seed) : null;
  const kills = () => struckDown + refunds.killed() + orders.killed() + (writers?.killed() ?? 0);
  const pace: Pace = goal
    ? // Kills are spread over all of the orders.
      { ...CROWD, mayGoOn: () => orders.sent() < goal.orders * Math.min(1, 0.02 + kills() / goal.kills) }
    : { ...FEW, mayGoOn: () => true };
  const orders = await sendOrders(on, seed, pace);
  const isReached = () => goal !== null && orders.sent() >= goal.orders && kills() >= goal.kills;
  const steps = scheduleOf(seed, { ms: minutes * 60_000, everyMs: every * 1_000 });
  const { made, ...forged } = await strike(on, steps, { tell, isOver: isReached });
  await writers?.leave();
  await Promise.all([payers.leave(), refunds.leave(), payouts.leave(), orders.leave()]);
  const restedSeconds = await comeToRest(on);
  const allAtRest = restedSeconds !== null && (await payOutTheRest(on)) ? restedSeconds : null;

  const line = (count: number | string, what: string) => console.log(`${String(count).padStart(7)}  ${what}`);
  line(payers.charged(), "payers gave their card");
  const { rows } = await db().execute<{ taken: number }>(sql`select count(*)::int as taken from captures`);
  line(rows[0]?.taken ?? 0, "payments were taken");
  for (const [why, times] of payers.left) line(times, `payers left: ${why}`);
  line(await inPart(on), "payments after which more was owed: a second one would have been taken");
  line(
    refunds.asked(),
    `refunds asked for, ${refunds.killed()} of them by a process that was killed over it, ${refunds.inDashboard()} at Stripe`,
  );
  line(refunds.disputed(), "payments were disputed");
  line(
    payouts.made(),
    `payouts were made, ${payouts.cameBack()} of them came back; before ${payouts.reserved()} Stripe held something in reserve`,
  );
  const { revised, cancelled, refunded } = orders.changed;
  line(
    orders.sent(),
    `orders were sent, ${orders.repeats()} of them once more after they were taken; ${revised} were changed, ${cancelled} cancelled, of ${refunded} a part was given back`,
  );
  line(
    orders.killed(),
    "processes were killed while they took an order, changed it, cancelled it or gave it back",
  );
  if (writers) line(writers.killed(), "processes were killed while they wrote to Xero");
  line(kills(), "kills in all");
  for (const [name, times] of [...made].sort()) line(times, name);
  for (const [effect, times] of await fired(on)) line(times, `requests hit by ${effect}`);
  line(forged.forgedSent, "forged webhooks sent");
  line(
    restedSeconds ?? "never",
    "seconds to rest, once nothing went wrong any more and the last payer had left\n",
  );
  return checkInvariants(on, {
    ...{ payers, orders, restedSeconds: allAtRest, forgedTaken: forged.forgedTaken },
    refreshesBefore,
    expiries: made.get("access tokens expire") ?? 0,
    answersLost: made.get("token answer lost") ?? 0,
  });
}

/** The clock is hurried for what waits for the minute or for a payer's half hour, and not for what is on its way to Xero. */
async function comeToRest({ desks }: Stage): Promise<number | null> {
  const start = Date.now();
  // What became of refunds and disputes whose webhooks were lost is learnt once an hour, of decided ones once a day.
  await db().execute(
    sql`update disputes set asked_at = asked_at - interval '1 day' where closed_at is not null`,
  );
  for (const { books } of desks) await reconcileFirm(db(), books.firmId, "recent");
  await db().execute(
    sql`update attempts set created_at = now() - interval '10 minutes', expires_at = now() - interval '1 second', last_polled_at = null where state in ('creating', 'open')`,
  );
  for (;;) {
    const seconds = Math.round((Date.now() - start) / 1_000);
    const { rows } = await db().execute<{ left: number }>(sql`select
      (select count(*) from attempts where state in ('creating', 'open', 'submitted'))::int
      + (select count(*) from postings where state in ('ready', 'sending', 'unknown'))::int
      + (select count(*) from posting_lines l join postings p on p.id = l.posting_id where p.state = 'done' and l.reflected_at is null)::int
      + (select count(*) from refunds where state in ('asked', 'pending') or (state = 'succeeded' and told_at is null))::int
      + (select count(*) from disputes where told_minor <> withdrawn_minor and closed_at is not null)::int
      + (select count(*) from payouts where state <> 'moving' and (told is null or (told = 'written' and state = 'failed' and undone_at is null)))::int
      + (select count(*) from webhook_inbox where processed_at is null)::int
      + (select count(*) from processor_events where processed_at is null)::int as left`);
    if (rows[0]?.left === 0) return seconds;
    if (seconds > REST_SECONDS) return null;
    await db().execute(
      sql`update refunds set created_at = now() - interval '2 minutes', last_polled_at = null where state = 'asked'`,
    );
    await enqueue(db(), pollAttempts, {});
    await enqueue(db(), reflectPostings, {});
    await enqueue(db(), pollPayouts, {});
    await new Promise((later) => setTimeout(later, 3_000));
  }
}

/** What Stripe still has goes to the bank; false when what Xero is told of it never came to rest. */
async function payOutTheRest(stage: Stage): Promise<boolean> {
  for (const desk of stage.desks) {
    // Of some accounts nothing is left.
    const made = await desk.paidOut().catch(() => null);
    if (made) await payoutKnown(made.id);
  }
  return (await comeToRest(stage)) !== null;
}

async function payoutKnown(objectRef: string): Promise<void> {
  for (const giveUp = Date.now() + REST_SECONDS * 1_000; Date.now() < giveUp; ) {
    const { rows } = await db().execute(
      sql`select 1 from payouts where object_ref = ${objectRef} and state = 'paid' and told is not null`,
    );
    if (rows.length > 0) return;
    await enqueue(db(), pollPayouts, {});
    await new Promise((later) => setTimeout(later, 1_000));
  }
}

async function inPart({ simulator }: Stage): Promise<number> {
  const { invoices } = await simulator.control<{ invoices: TrueInvoice[] }>("GET", "/control/xero/invoices");
  const { payments } = await standingInXero(simulator);
  const owed = new Map(invoices.map(({ id, amountDue }) => [id, amountDue]));
  return payments.filter(
    ({ reference, invoiceId, amount }) => reference.startsWith("CF-") && (owed.get(invoiceId) ?? 0) >= amount,
  ).length;
}

async function fired({ simulator }: Stage): Promise<[string, number][]> {
  const entries = await journal<{ effect: string; path: string }>(simulator, "fault.fired");
  const kind = ({ effect, path }: { effect: string; path: string }) =>
    `${effect} at ${path.startsWith("/v1/") ? "Stripe" : "Xero"}`;
  return [...Map.groupBy(entries, kind)].map(([name, all]): [string, number] => [name, all.length]).sort();
}
