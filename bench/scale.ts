/** npm run bench -- scale: pages, readings and webhooks with very much of everything. Ctrl-C ends what it started. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Stack, startStack } from "../scripts/stack.ts";
import { pageAtScale } from "./scale-page.ts";
import { pageInWords, syncInWords, webhooksInWords } from "./scale-report.ts";
import { syncAtScale } from "./scale-sync.ts";
import { webhooksAtScale } from "./scale-webhooks.ts";
import { controlOf } from "./simulator.ts";
import { buildTree } from "./tree.ts";

const PROJECT = process.cwd();
const TREE = path.join(PROJECT, ".data/bench/tree");
const RUN = path.join(PROJECT, ".data/bench/run");
const RESULT = path.join(PROJECT, "bench/result-scale.json");

const PARTS = ["page", "webhooks", "sync"] as const;
const NO_RATE_LIMIT = { minute: 1_000_000, day: 10_000_000, appMinute: 1_000_000, concurrent: 5 };
/** More than the pages have: Xero sends without waiting for its last delivery's answer. */
const SENDERS = 32;
const WEBHOOK_KEY = "sim-webhook-key-demo";

const { values: flags } = parseArgs({
  options: {
    part: { type: "string", multiple: true },
    rows: { type: "string", default: "1000000" },
    organisations: { type: "string", default: "1000" },
    invoices: { type: "string", default: "100000" },
    changes: { type: "string", default: "0,10,100,1000,5000" },
    rounds: { type: "string", default: "5" },
  },
});
const parts = PARTS.filter((one) => !flags.part || flags.part.includes(one));
const load = { rounds: Number(flags.rounds), seconds: 4, visitors: 8 };

let stack: Stack | undefined;
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await stack?.stop();
  if (code === 0) rmSync(RUN, { recursive: true, force: true });
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(1));

const began = Date.now();
function say(step: string): void {
  console.log(`  ${String(Math.round((Date.now() - began) / 1_000)).padStart(3)} s  ${step}…`);
}

try {
  say("Building the product");
  buildTree(PROJECT, TREE);
  rmSync(RUN, { recursive: true, force: true });
  process.chdir(TREE);
  stack = await startStack({ folder: RUN, onStep: say, env: { TRUSTED_PROXY_HOPS: "1" } });
  await measure(stack);
  console.log("\n  Raw figures: bench/result-scale.json");
  await end(0);
} catch (error) {
  if (!ending) console.error(error, `\nThe logs are in ${path.join(RUN, "logs")}`);
  await end(1);
}

async function measure(stack: Stack): Promise<void> {
  // Nothing may happen but what is measured.
  await stack.worker.stop();
  const control = controlOf(stack.simulatorUrl);
  say("People, firms and settings");
  const seeded = spawnSync(process.execPath, [...process.execArgv, "scripts/seed-demo.ts"], {
    env: { ...process.env, ...stack.env },
    encoding: "utf8",
  });
  if (seeded.status !== 0) throw new Error(`${seeded.stdout}\n${seeded.stderr}`);

  if (parts.includes("page")) {
    const size = { rows: Number(flags.rows), organisations: Number(flags.organisations) };
    const page = await pageAtScale(stack, { ...size, ...load, folder: RUN, say });
    keep("page", page, pageInWords(page));
  }
  if (parts.includes("webhooks")) {
    const how = { ...load, visitors: SENDERS, webhookKey: WEBHOOK_KEY, say };
    const webhooks = await webhooksAtScale(stack, how);
    keep("webhooks", webhooks, webhooksInWords(webhooks));
  }
  if (parts.includes("sync")) {
    const size = { invoices: Number(flags.invoices), changes: flags.changes.split(",").map(Number) };
    const sync = await syncAtScale(stack, control, { ...size, limits: NO_RATE_LIMIT, say });
    keep("sync", sync, syncInWords(sync));
  }
}

/** Each part as it was measured last, with the machine as it was then. */
function keep(part: (typeof PARTS)[number], measured: object, words: string): void {
  const results = existsSync(RESULT) ? JSON.parse(readFileSync(RESULT, "utf8")) : {};
  const machine = {
    date: new Date().toISOString(),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? "unknown",
    node: process.version,
    load: loadavg()[0],
  };
  results[part] = { machine, ...measured };
  writeFileSync(RESULT, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${words}\n`);
}
