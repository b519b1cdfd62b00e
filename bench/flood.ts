/** npm run bench -- flood: payments while everything else wants Xero and the pages too. At Xero's own limits. Ctrl-C ends what it started. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { captureTimes } from "./measure/capture.ts";
import { load, type Round, VISITOR } from "./measure/load.ts";
import { median, quantile } from "./measure/numbers.ts";
import { type Bench, PROJECT, runBench } from "./run.ts";

const RESULT = path.join(PROJECT, "bench/result-flood.json");

const FIRM = "/pay/quickfee/harbour";
const PAYMENTS = { payments: 12, everyMs: 6_000 };
const FLOOD = { processes: 3, callersEach: 8 };
const VIEWS = { visitors: 16, perSecond: 10_000 / 60, seconds: 80 };
/** Between two phases, so that each begins with a fresh minute of Xero's. */
const MINUTE_MS = 61_000;

type Phase = {
  name: string;
  p50Ms: number;
  p99Ms: number;
  timesMs: number[];
  /** What Xero saw meanwhile, by how it answered. */
  calls: number;
  limited: number;
  views: Round | null;
};

await runBench(async (bench) => {
  const phases = await measure(bench);
  const how = { ...PAYMENTS, ...FLOOD, views: VIEWS };
  const { machine } = bench;
  writeFileSync(
    RESULT,
    `${JSON.stringify({ machine, how, phases, seconds: bench.secondsSoFar() }, null, 2)}\n`,
  );
  for (const phase of phases) console.log(`  ${inWords(phase)}`);
  console.log("\n  Raw figures: bench/result-flood.json");
});

async function measure(bench: Bench): Promise<Phase[]> {
  const { stack, control, say, seed } = bench;
  const { webUrl, databaseUrl, web } = stack;
  seed();
  const payPage = `${webUrl}${FIRM}?amount=480.00&invoice=INV-3001`;
  say("The mirror's first filling");
  for (const deadline = Date.now() + 120_000; ; await sleep(250)) {
    if ((await (await fetch(payPage, { headers: VISITOR })).text()).includes("480.00")) break;
    if (Date.now() > deadline) throw new Error("Not within two minutes");
  }
  const { organisations } = await control.get<{ organisations: { tenantId: string; country: string }[] }>(
    "/xero/organisations",
  );
  const tenantId = organisations.find((one) => one.country === "GB")?.tenantId ?? "";
  const pay = () => captureTimes(control, { webUrl, firmPath: FIRM, tenantId, ...PAYMENTS });

  const phase = async (name: string, work: () => Promise<[number[], Round | null]>): Promise<Phase> => {
    await sleep(MINUTE_MS);
    say(name);
    const before = await control.last("xero.call");
    const [timesMs, views] = await work();
    const calls = await control.journal("xero.call", before);
    const limited = calls.filter(({ data }) => data.status === 429).length;
    const times = { p50Ms: median(timesMs), p99Ms: quantile(timesMs, 0.99), timesMs };
    return { name, ...times, calls: calls.length, limited, views };
  };
  const quiet = await phase("Payments alone", async () => [await pay(), null]);
  await flood(bench, await connectionOf(databaseUrl, tenantId));
  const flooded = await phase("Under a flood of syncs", async () => [await pay(), null]);
  const viewed = await phase("Under a flood of syncs and page views", () =>
    Promise.all([pay(), load(payPage, { project: PROJECT, webPid: web.process.pid, ...VIEWS })]),
  );
  return [quiet, flooded, viewed];
}

async function connectionOf(databaseUrl: string, tenantId: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    "select id from connections where tenant_id = $1 and ended_at is null",
    [tenantId],
  );
  await client.end();
  return rows[0]?.id ?? "";
}

/** Processes that read from Xero as often as they may, until the end. */
async function flood({ owns, stack }: Bench, connectionId: string): Promise<void> {
  for (let one = 0; one < FLOOD.processes; one += 1) {
    const child = spawn(
      process.execPath,
      [
        ...process.execArgv,
        "lib/xero/budget/flood.child.ts",
        connectionId,
        "sync",
        String(FLOOD.callersEach),
      ],
      { env: { ...process.env, ...stack.env }, stdio: ["ignore", "pipe", "inherit"] },
    );
    owns(child);
    await new Promise((begins) => child.stdout.once("data", begins));
  }
}

function inWords({ name, p50Ms, p99Ms, calls, limited, views }: Phase): string {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
  const seen = views
    ? `, ${Math.round(views.requestsPerSecond * 60)} views a minute (${views.failed} failed)`
    : "";
  return `${name.padEnd(40)}p50 ${seconds(p50Ms)}  p99 ${seconds(p99Ms)}  ${calls} calls, ${limited} answered 429${seen}`;
}
