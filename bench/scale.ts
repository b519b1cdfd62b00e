/** npm run bench -- scale: pages, readings and webhooks with very much of everything. Ctrl-C ends what it started. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Bench, PROJECT, runBench } from "./run.ts";
import { ordersAtScale } from "./scale/scale-orders.ts";
import { pageAtScale } from "./scale/scale-page.ts";
import { reconcileAtScale } from "./scale/scale-reconcile.ts";
import {
  ordersInWords,
  pageInWords,
  reconcileInWords,
  syncInWords,
  webhooksInWords,
} from "./scale/scale-report.ts";
import { syncAtScale } from "./scale/scale-sync.ts";
import { webhooksAtScale } from "./scale/scale-webhooks.ts";

const RESULT = path.join(PROJECT, "bench/result-scale.json");

const PARTS = ["page", "orders", "webhooks", "reconcile", "sync"] as const;
const NO_RATE_LIMIT = { minute: 1_000_000, day: 10_000_000, appMinute: 1_000_000, concurrent: 5 };
/** More than the pages have: Xero sends without waiting for its last delivery's answer. */
const SENDERS = 32;
const WEBHOOK_KEY = "sim-webhook-key-demo";

const { values: flags } = parseArgs({
  options: {
    part: { type: "string", multiple: true },
    rows: { type: "string", default: "1000000" },
    orders: { type: "string", default: "1000000" },
    organisations: { type: "string", default: "1000" },
    invoices: { type: "string", default: "100000" },
    changes: { type: "string", default: "0,10,100,1000,5000" },
    captures: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
  },
});
const parts = PARTS.filter((one) => !flags.part || flags.part.includes(one));
const load = { rounds: Number(flags.rounds), seconds: 4, visitors: 8 };

await runBench(async (bench) => {
  await measure(bench);
  console.log("\n  Raw figures: bench/result-scale.json");
});

async function measure({ stack, control, machine, folder, say, seed }: Bench): Promise<void> {
  // Nothing may happen but what is measured.
  await stack.worker.stop();
  seed();

  if (parts.includes("page")) {
    const size = { rows: Number(flags.rows), organisations: Number(flags.organisations) };
    const page = await pageAtScale(stack, { ...size, ...load, folder, say });
    keep({ part: "page", machine }, page, pageInWords(page));
  }
  if (parts.includes("orders")) {
    const size = { orders: Number(flags.orders), limits: NO_RATE_LIMIT };
    const orders = await ordersAtScale(stack, control, { ...size, say });
    keep({ part: "orders", machine }, orders, ordersInWords(orders));
  }
  if (parts.includes("webhooks")) {
    const how = { ...load, visitors: SENDERS, webhookKey: WEBHOOK_KEY, say };
    const webhooks = await webhooksAtScale(stack, how);
    keep({ part: "webhooks", machine }, webhooks, webhooksInWords(webhooks));
  }
  if (parts.includes("reconcile")) {
    const size = { captures: Number(flags.captures), changes: 1_000 };
    const compared = await reconcileAtScale(stack, control, { ...size, limits: NO_RATE_LIMIT, say });
    keep({ part: "reconcile", machine }, compared, reconcileInWords(compared));
  }
  if (parts.includes("sync")) {
    const size = { invoices: Number(flags.invoices), changes: flags.changes.split(",").map(Number) };
    const sync = await syncAtScale(stack, control, { ...size, limits: NO_RATE_LIMIT, say });
    keep({ part: "sync", machine }, sync, syncInWords(sync));
  }
}

/** Each part as it was measured last, with the machine as it was then. */
function keep(
  { part, machine }: { part: (typeof PARTS)[number]; machine: Bench["machine"] },
  measured: object,
  words: string,
): void {
  const results = existsSync(RESULT) ? JSON.parse(readFileSync(RESULT, "utf8")) : {};
  results[part] = {
    machine: { ...machine, date: new Date().toISOString(), load: loadavg()[0] },
    ...measured,
  };
  writeFileSync(RESULT, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${words}\n`);
}
