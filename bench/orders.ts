/** npm run bench -- orders: how fast orders are taken, and how fast and by how many calls they reach Xero at its own limits. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { quantile } from "./measure/numbers.ts";
import { nextOrder, type OrderBench, sendAll } from "./measure/order-senders.ts";
import { type Bench, PROJECT, runBench } from "./run.ts";
import { child } from "./scale/sync-child.ts";

const RESULT = path.join(PROJECT, "bench/result-orders.json");
const NO_RATE_LIMIT = { minute: 1_000_000, day: 10_000_000, appMinute: 1_000_000, concurrent: 5 };
const XEROS_OWN = { minute: 60, day: 5_000, appMinute: 10_000, concurrent: 5 };
/** Contact, invoice and payment: what the common connectors ask for each order. */
const CALLS_ONE_BY_ONE = 3;

await runBench(async (bench) => {
  const measured = await measure(bench);
  writeFileSync(
    RESULT,
    `${JSON.stringify({ machine: bench.machine, ...measured, seconds: bench.secondsSoFar() }, null, 2)}\n`,
  );
  console.log(JSON.stringify(measured, null, 2));
  console.log("\n  Raw figures: bench/result-orders.json");
});

async function measure({ stack, control, say }: Bench) {
  await control.post("/reset", { seed: "large", size: { organisations: 1, invoices: 1_000 } });
  await control.post("/xero/settings", { limits: NO_RATE_LIMIT });
  const { organisations } = await control.get<{ organisations: { tenantId: string }[] }>(
    "/xero/organisations",
  );
  say("An organisation, its mirror, settings and keys");
  const orders = await child<OrderBench>(stack, [organisations[0]?.tenantId ?? ""], "../orders.child.ts")
    .done;
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const url = `${stack.webUrl}/api/v1/orders`;
  const { keys } = orders;

  say("Warm-up");
  await sendAll(url, { keys, senders: 4, requests: 200, body: () => nextOrder(orders, { isPaid: false }) });
  await settled(client);

  say("One by one while idle: accepted, then seen in Xero");
  const idleMs: number[] = [];
  for (let nth = 0; nth < 30; nth += 1) {
    const accepted = performance.now();
    await sendAll(url, { keys, senders: 1, requests: 1, body: () => nextOrder(orders, { isPaid: false }) });
    await settled(client, 20);
    idleMs.push(performance.now() - accepted);
  }

  say("Taking them while the worker rests");
  await stack.worker.stop();
  const single = await sendAll(url, {
    keys,
    senders: 8,
    requests: 1_000,
    body: () => nextOrder(orders, { isPaid: false }),
  });
  const batches = await sendAll(`${url}/batch`, {
    ...{ keys, senders: 2, requests: 8 },
    body: () => ({ orders: Array.from({ length: 250 }, () => nextOrder(orders, { isPaid: false })) }),
  });
  say("A dry run of 500");
  const callsBefore = await control.last("xero.call");
  const dryRun = await sendAll(`${url}/batch?dryRun=true`, {
    ...{ keys, senders: 1, requests: 3 },
    body: () => ({ orders: Array.from({ length: 500 }, () => nextOrder(orders, { isPaid: false })) }),
  });
  const dryRunCalls = (await control.journal("xero.call", callsBefore)).length;

  say("What gathered, without payments, at Xero's own limits");
  const invoices = await drained({ stack, control, client });
  await stack.worker.stop();
  say("1,000 paid ones at once, at Xero's own limits");
  await sendAll(`${url}/batch`, {
    ...{ keys, senders: 1, requests: 4 },
    body: () => ({ orders: Array.from({ length: 250 }, () => nextOrder(orders, { isPaid: true })) }),
  });
  const paid = await drained({ stack, control, client });
  await client.end();
  const oneByOneAnHour = (XEROS_OWN.minute / CALLS_ONE_BY_ONE) * 60;
  return {
    ...{ idle: { p50Ms: quantile(idleMs, 0.5), p99Ms: quantile(idleMs, 0.99) }, single },
    batchOrdersPerSecond: batches.perSecond * 250,
    ...{ batches, dryRunOf500: { ...dryRun, calls: dryRunCalls } },
    ...{ invoices, paid, oneByOneAnHour },
    timesOneByOne: paid.documentsAnHour / 2 / oneByOneAnHour,
  };
}

/** Starts the worker on all that waits, with a new minute and day of Xero's; documents are invoices and payments. */
async function drained({ stack, control, client }: Pick<Bench, "stack" | "control"> & { client: pg.Client }) {
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int as n from postings where state <> 'done'",
  );
  await control.post("/xero/settings", { limits: XEROS_OWN });
  await control.post("/xero/forget-usage", {});
  await client.query("delete from xero_calls; delete from call_budget");
  const done = await doneOf(client);
  const before = await control.last("xero.call");
  const began = performance.now();
  await stack.startWorker();
  await settled(client);
  const seconds = (performance.now() - began) / 1_000;
  const calls = await control.journal("xero.call", before);
  await control.post("/xero/settings", { limits: NO_RATE_LIMIT });
  const documents = (await doneOf(client)) - done;
  return {
    ...{ orders: rows[0]?.n ?? 0, documents, seconds, calls: calls.length },
    limited: calls.filter(({ data }) => data.status === 429).length,
    documentsAnHour: (documents / seconds) * 3_600,
  };
}

async function doneOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int as n from postings where state = 'done'",
  );
  return rows[0]?.n ?? 0;
}

/** Waits until nothing is on its way to Xero. Throws when Xero refused something. */
async function settled(client: pg.Client, everyMs = 200): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ state: string; message: string }>(
      "select state, message from postings where state <> 'done' limit 1",
    );
    const [left] = rows;
    if (!left) return;
    if (left.state === "refused") throw new Error(`Xero refused one: ${left.message}`);
    await sleep(everyMs);
  }
}
