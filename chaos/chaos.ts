/**
 * npm run chaos -- --seed N --minutes M: looks for a way to lose or double money, for as long as it is let. Every crash
 * of the posting protocol (shape × fault × point × what becomes of the first worker × how long Xero knows a key), of a
 * payer's commit and of a capture, of refunds and lost disputes, of a token's refresh; and storms of fifty payers. In an
 * order that the seed decides; over the whole of it within some hours. Ends with 1 when simulator and database ever disagree about money.
 */
import "../lib/testing/environment.ts";
import { parseArgs } from "node:util";
import { eq, sql } from "drizzle-orm";
import { connections } from "../db/schema/xero.ts";
import { BACKS, backCrasher } from "../lib/testing/crashes/back-crashes.ts";
import { crashPayment, MOMENTS } from "../lib/testing/crashes/pay-crashes.ts";
import { caseInWords, crashPosting, everyCase } from "../lib/testing/crashes/posting-crashes.ts";
import { shuffled } from "../lib/testing/seeded.ts";
import { breaks } from "../lib/testing/truth/truth.ts";
import { tokenCalls } from "../lib/testing/xero/at-xero.ts";
import { listXeroConnections } from "../lib/xero/consent/xero-connections.ts";
import { freshAccessToken } from "../lib/xero/tokens/refresh.ts";
import { storm } from "./storm.ts";
import { type Chaos, openChaos } from "./world.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, minutes: { type: "string", default: "5" } },
});
const [seed, minutes] = [Number(values.seed), Number(values.minutes)];
if (!Number.isInteger(seed) || !(minutes > 0)) throw new Error("npm run chaos -- --seed 1 --minutes 5");

/** One kind of trouble: how often it was made, and what was wrong after it. */
type Trial = { name: string; run(): Promise<string[]> };

async function trials(chaos: Chaos): Promise<Trial[][]> {
  const { desk, ledger, children } = chaos;
  const postings = (await everyCase(desk, ledger, children)).map((one) => ({
    name: "posting crashes",
    run: async () =>
      (await crashPosting(desk, ledger, children, one)).breaks.map((what) => `${caseInWords(one)}: ${what}`),
  }));
  const faults = [undefined, { kind: "cut-after" }, { kind: "latency", ms: 50 }];
  const payments: Trial[] = [];
  for (const moment of MOMENTS) {
    const { points } = await crashPayment(desk, children, { moment, at: 0, how: "kill" });
    for (let at = 1; at <= (points?.length ?? 0); at += 1) {
      for (const fault of faults) {
        const one = { moment, at, how: "kill" as const, ...(fault ? { fault } : {}) };
        const name = `${moment}, point ${at}, fault ${fault?.kind ?? "none"}`;
        payments.push({
          name: "payment crashes",
          run: async () => (await crashPayment(desk, children, one)).breaks.map((what) => `${name}: ${what}`),
        });
      }
    }
  }
  const storms = Array.from({ length: 10_000 }, (_, at) => ({
    name: "storms of 50 payers",
    run: async () => (await storm(desk, seed + at)).breaks,
  }));
  const backs = shuffled(await moneyBack(chaos), seed);
  return [shuffled(postings, seed), shuffled(payments, seed), storms, await refreshes(chaos), backs];
}

async function moneyBack({ desk, children }: Chaos): Promise<Trial[]> {
  const crash = backCrasher(desk, children);
  const trials: Trial[] = [];
  for (const back of BACKS) {
    const { points } = await crash({ back, at: 0 });
    for (let at = 1; at <= (points?.length ?? 0); at += 1) {
      for (const fault of [undefined, { kind: "cut-after" }, { kind: "latency", ms: 50 }]) {
        const name = `${back}, point ${at}, fault ${fault?.kind ?? "none"}`;
        const one = { back, at, ...(fault ? { fault } : {}) };
        trials.push({
          name: "refund and dispute crashes",
          run: async () => (await crash(one)).breaks.map((what) => `${name}: ${what}`),
        });
      }
    }
  }
  return trials;
}

async function refreshes({ desk, children }: Chaos): Promise<Trial[]> {
  const { db, simulator } = desk;
  const [row] = await db
    .select({ grantId: connections.grantId })
    .from(connections)
    .where(eq(connections.id, desk.books.connectionId));
  const grantId = row?.grantId ?? "";
  const work = { kind: "token", grantId } as const;
  const expire = () => db.execute(sql`update grants set access_expires_at = now() - interval '1 second'`);
  await expire();
  const { points } = await children.run({ at: 0, how: "kill", work });
  const healed = async (name: string) => {
    const links = await listXeroConnections(await freshAccessToken(db, grantId));
    return links.some((link) => link.tenantId === desk.tenantId) ? [] : [`${name}: the connection is lost`];
  };
  const kills = (points ?? []).flatMap((point, index) =>
    [null, { kind: "cut-after" }, { kind: "hang-after", ms: 100 }].map((effect) => ({
      name: "refresh crashes",
      run: async () => {
        await expire();
        if (effect)
          await simulator.control("POST", "/control/faults", {
            method: "POST",
            path: "/connect/token",
            times: 1,
            effect,
          });
        await children.run({ at: index + 1, how: "kill", work });
        await simulator.control("DELETE", "/control/faults");
        return healed(point);
      },
    })),
  );
  const crowds = Array.from({ length: 1_000 }, () => ({
    name: "expiries met by 20 processes at once",
    run: async () => {
      const count = async () => (await tokenCalls(simulator))["refresh_token ok"] ?? 0;
      const waiting = await Promise.all(
        Array.from({ length: 20 }, () => children.hold({ at: 1, how: "hold", work })),
      );
      await expire();
      const before = await count();
      await Promise.all(waiting.map(({ goOn }) => goOn()));
      const calls = (await count()) - before;
      return calls === 1 ? healed("a crowd") : [`20 processes made ${calls} token calls at one expiry`];
    },
  }));
  const order = shuffled(kills, seed);
  // A crowd costs as much as twenty kills.
  return order.flatMap((kill, at) => (at % 20 === 10 ? [kill, ...crowds.splice(0, 1)] : [kill]));
}

const started = Date.now();
console.log(`chaos: seed ${seed}, ${minutes} minutes`);
const chaos = await openChaos();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void chaos.close().finally(() => process.exit(130)));
const made = new Map<string, number>();
const wrong: string[] = [];
try {
  const kinds = await trials(chaos);
  const total = kinds.map((kind) => kind.length);
  for (
    let turn = 0;
    Date.now() - started < minutes * 60_000 && kinds.some((kind) => kind.length > 0);
    turn += 1
  ) {
    // Of eight turns four are crashes of postings, the others one each.
    const kind = kinds[[0, 1, 0, 2, 0, 3, 0, 4][turn % 8] ?? 0];
    const trial = kind?.shift();
    if (!trial) continue;
    made.set(trial.name, (made.get(trial.name) ?? 0) + 1);
    const broken = await trial.run();
    for (const what of broken) console.log(`BROKEN  ${what}`);
    wrong.push(...broken);
  }
  wrong.push(...(await breaks(chaos.desk.db, chaos.desk.simulator)));
  console.log(`\n${[...made].map(([name, times]) => `${String(times).padStart(6)}  ${name}`).join("\n")}`);
  console.log(`${String(total[0]).padStart(6)}  posting crashes there are in all\n`);
} finally {
  await chaos.close();
}

const INVARIANTS = [
  "each posting is in Xero exactly once: document, reference, invoices and amounts",
  "Xero holds nothing of ours that nobody paid",
  "no invoice is overpaid",
  "each paid session at Stripe is one capture, each capture one posting",
  "each refund is one credit note, paid out once; what a lost dispute took is off in Xero",
  "no hold is left for ever, no posting unfinished",
  "no connection is lost, one token call an expiry",
];
for (const invariant of INVARIANTS)
  console.log(`${wrong.length === 0 ? "held   " : "checked"}  ${invariant}`);
console.log(
  `\nseed ${seed}: ${wrong.length === 0 ? "nothing broken" : `${wrong.length} broken`} in ${Math.round((Date.now() - started) / 1_000)} s`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
