/**
 * npm run chaos:pace [-- --payments N --kills K]: two times that an operator asks for, of one real worker. How soon a
 * payment is taken up again, and is known to be in Xero, after its worker was killed while Xero had it and had not
 * answered. And at what pace N payments of one organisation go to Xero under its real limits; it must never have to
 * refuse a call of ours. Ends with 1 when it did, or when a payment is not in Xero once.
 */
import "../lib/testing/environment.ts";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { createPaymentPosting } from "../lib/posting/kinds/payment.ts";
import { breaks } from "../lib/testing/truth/truth.ts";
import { type Child, startChild } from "../scripts/stack/child.ts";
import { journal } from "./invariants.ts";
import { type Chaos, openChaos } from "./world.ts";

const REAL_LIMITS = { concurrent: 5, minute: 60, day: 5_000, appMinute: 10_000 };

const { values } = parseArgs({
  options: { payments: { type: "string", default: "90" }, kills: { type: "string", default: "5" } },
});
const chaos = await openChaos();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void chaos.close().finally(() => process.exit(130)));
let wrong: string[] = [];
try {
  await resumes(chaos, Number(values.kills));
  wrong = [
    ...(await drains(chaos, Number(values.payments))),
    ...(await breaks(chaos.desk.db, chaos.desk.simulator)),
  ];
  for (const what of wrong) console.log(`BROKEN  ${what}`);
} finally {
  await chaos.close();
}
process.exitCode = wrong.length === 0 ? 0 : 1;

async function resumes(at: Chaos, kills: number): Promise<void> {
  const { db, simulator } = at.desk;
  const times: { takenUp: number; known: number }[] = [];
  let worker = await startWorker();
  for (let kill = 0; kill < kills; kill += 1) {
    const fault = {
      method: "POST",
      path: "/api.xro/2.0/Payments",
      times: 1,
      effect: { kind: "hang-after", ms: 14_000 },
    };
    await simulator.control("POST", "/control/faults", fault);
    const before = (await journal(simulator, "xero.payment.created")).length;
    const reference = await owe(at);
    const now = async () => {
      const { rows } = await db.execute<{ state: string; generation: number }>(
        sql`select state, generation from postings where reference = ${reference}`,
      );
      return rows[0] ?? { state: "none", generation: 0 };
    };
    await until(async () => (await journal(simulator, "xero.payment.created")).length > before);
    const killed = Date.now();
    worker.process.kill("SIGKILL");
    worker = await startWorker();
    const since = () => (Date.now() - killed) / 1_000;
    await until(async () => (await now()).generation > 1);
    const takenUp = since();
    await until(async () => (await now()).state === "done");
    times.push({ takenUp, known: since() });
  }
  await worker.stop();
  const say = (of: "takenUp" | "known") => times.map((time) => time[of].toFixed(1)).join(", ");
  console.log(`${kills} workers killed over a payment that Xero had: taken up after ${say("takenUp")} s`);
  console.log(`  known to be in Xero after ${say("known")} s\n`);
}

async function drains(at: Chaos, payments: number): Promise<string[]> {
  const { db, simulator } = at.desk;
  await simulator.control("POST", "/control/xero/settings", { limits: REAL_LIMITS });
  await simulator.control("POST", "/control/xero/forget-usage", {});
  for (let made = 0; made < payments; made += 1) await owe(at);
  // What Xero said of its limits while they were lifted is believed for a minute.
  await new Promise((later) => setTimeout(later, 65_000));
  const callsBefore = (await journal(simulator, "xero.call")).length;
  const worker = await startWorker();
  const began = Date.now();
  await until(async () => {
    const { rows } = await db.execute(
      sql`select 1 from postings p join posting_lines l on l.posting_id = p.id where p.state <> 'done' or l.reflected_at is null limit 1`,
    );
    return rows.length === 0;
  });
  const minutes = (Date.now() - began) / 60_000;
  await worker.stop();
  const calls = (await journal<{ status: number }>(simulator, "xero.call")).slice(callsBefore);
  const refused = calls.filter(({ status }) => status === 429).length;
  console.log(
    `${payments} payments of one organisation went to Xero in ${minutes.toFixed(1)} min: ${(payments / minutes).toFixed(0)} a minute`,
  );
  console.log(`  ${calls.length} calls in all, ${refused} of them refused for a limit\n`);
  return refused > 0 ? [`${refused} calls of ours were refused for a limit`] : [];
}

/** One payment that waits for Xero; its reference. */
async function owe({ desk, ledger }: Chaos): Promise<string> {
  return desk.db.transaction((tx) =>
    createPaymentPosting(tx, {
      ...desk.books,
      sourceId: randomUUID(),
      origin: { id: randomUUID(), at: new Date() },
      isTest: false,
      accountId: desk.clearingAccountId,
      currency: "AUD",
      date: new Date().toISOString().slice(0, 10),
      lines: [{ invoiceId: ledger.parts[0], amountMinor: 101n }],
    }),
  );
}

function startWorker(): Promise<Child> {
  return startChild({
    name: "The worker",
    args: ["--conditions=react-server", "--disable-warning=ExperimentalWarning", "worker.ts"],
    env: {},
    logFile: path.join(tmpdir(), "counterfoil-pace-worker.log"),
    isReady: (output) => output.includes('"ready":"worker"'),
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 1_800_000;
  while (!(await isSo())) {
    if (Date.now() > giveUp) throw new Error("Not within half an hour");
    await new Promise((later) => setTimeout(later, 100));
  }
}
