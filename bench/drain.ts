/** npm run bench -- drain: what gathered while nothing reached Xero, at Xero's own limits. Ctrl-C ends what it started. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { type Bench, PROJECT, runBench } from "./run.ts";
import { child } from "./scale/sync-child.ts";

const RESULT = path.join(PROJECT, "bench/result-drain.json");
const NO_RATE_LIMIT = { minute: 1_000_000, day: 10_000_000, appMinute: 1_000_000, concurrent: 5 };
const XEROS_OWN = { minute: 60, day: 5_000, appMinute: 10_000, concurrent: 5 };
/** Not all invoices of the seed are owed. */
const INVOICES_FOR_ONE = 4;

const { values: flags } = parseArgs({ options: { payments: { type: "string", default: "5000" } } });

await runBench(async (bench) => {
  const drained = await measure(bench, Number(flags.payments));
  const result = { machine: bench.machine, ...drained, seconds: bench.secondsSoFar() };
  writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
  console.log(
    `  ${drained.payments} payments in Xero after ${Math.round(drained.tookSeconds)} s, by ${drained.calls} calls, ${drained.limited} of them answered 429`,
  );
  console.log("\n  Raw figures: bench/result-drain.json");
});

async function measure({ stack, control, say }: Bench, wanted: number) {
  await stack.worker.stop();
  say(`An organisation of ${wanted * INVOICES_FOR_ONE} invoices, and its mirror`);
  await control.post("/reset", {
    seed: "large",
    size: { organisations: 1, invoices: wanted * INVOICES_FOR_ONE },
  });
  await control.post("/xero/settings", { limits: NO_RATE_LIMIT });
  const { organisations } = await control.get<{ organisations: { tenantId: string }[] }>(
    "/xero/organisations",
  );
  const connectionId = await child<string>(stack, ["connect", organisations[0]?.tenantId ?? ""]).done;
  await child<number>(stack, ["backfill", connectionId]).done;
  say("What Xero has not been told of");
  const payments = await child<number>(stack, ["queue", connectionId, String(wanted)]).done;

  await control.post("/xero/settings", { limits: XEROS_OWN });
  await control.post("/xero/forget-usage", {});
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  await client.query("delete from xero_calls; delete from call_budget");
  const before = await control.last("xero.call");
  say("The worker begins");
  const began = performance.now();
  await stack.startWorker();
  for (;;) {
    const { rows } = await client.query<{ state: string; n: number }>(
      "select state, count(*)::int as n from postings group by state",
    );
    const done = rows.find(({ state }) => state === "done")?.n ?? 0;
    if (rows.some(({ state }) => state === "refused"))
      throw new Error(`Xero refused some: ${JSON.stringify(rows)}`);
    if (done === payments) break;
    await sleep(250);
  }
  const tookSeconds = (performance.now() - began) / 1_000;
  await client.end();
  const calls = await control.journal("xero.call", before);
  return {
    payments,
    tookSeconds,
    calls: calls.length,
    limited: calls.filter(({ data }) => data.status === 429).length,
  };
}
