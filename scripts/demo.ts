/** npm run demo: everything on this machine, filled with a story to try out. Ctrl-C ends what it started. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { build } from "./build.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "./demo-data/demo-facts.ts";
import { seed } from "./demo-data/seed.ts";
import { dataOf } from "./postgres/postgres-place.ts";
import { endLeftovers, throwAway } from "./stack/leftovers.ts";
import { isAlive, note, readNotes } from "./stack/processes.ts";
import { type Stack, startStack } from "./stack/stack.ts";

const FOLDER = path.resolve(".data", "demo");
const RUNNING = path.join(FOLDER, "running.json");
/** Written once the first start has come to its end; names the data that it filled. */
const FILLED = path.join(FOLDER, "filled");
const STOPPING_MS = 30_000;
const READING_MS = 120_000;
const PORTS = { web: 3000, simulator: 4010, smtp: 2525 };

const CURES: Record<string, string> = {
  PostgreSQL: `Look at the words above. A data folder that can't be read is thrown away by "npm run demo -- --reset".`,
  "Database migrations": `A demo of another version may lie in ${FOLDER}; "npm run demo -- --reset" starts from nothing.`,
  "Building the pages":
    "The words above name the file. In an unchanged checkout, remove .next and try again.",
  default: `Its output is in ${path.join(FOLDER, "logs")}. "npm run demo -- --reset" starts from nothing.`,
};

let step = "Starting";
let stack: Stack | undefined;
let ending = false;

function begin(name: string): void {
  step = name;
  console.log(`  ${new Date().toTimeString().slice(0, 8)}  ${name}…`);
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await (stack ? stack.stop() : endLeftovers(FOLDER));
  rmSync(RUNNING, { force: true });
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (!ending) console.log("\nStopping what this started…");
    void end(0);
  });
}

// A parent that was killed outright ends nobody.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void end(1);
}, 500).unref();

await refuseTwice();
try {
  await startAnewIfNeeded();
  mkdirSync(FOLDER, { recursive: true });
  note(RUNNING, process.pid);
  begin("Building the pages");
  build();
  stack = await startStack({ folder: FOLDER, ports: PORTS, onStep: begin });
  begin("People, firms and settings");
  seed(stack);
  begin("Xero's books, read for the first time");
  await booksRead(stack);
  const isNew = !existsSync(FILLED);
  writeFileSync(FILLED, whereDataLies());
  tell(stack, isNew);
} catch (error) {
  // While we end, what was being started fails.
  if (!ending)
    console.error(
      `\n${step} failed.\n${error instanceof Error ? error.message : error}\n${CURES[step] ?? CURES.default}`,
    );
  await end(1);
}

/** Two demos would fight over one database. One that is being stopped gets the time for it. */
async function refuseTwice(): Promise<void> {
  const other = readNotes(RUNNING).find(isAlive);
  if (!other) return;
  console.log(`A demo of this folder is running (process ${other.pid}). Waiting for it to end…`);
  for (const giveUp = Date.now() + STOPPING_MS; isAlive(other); ) {
    if (Date.now() > giveUp) {
      console.error("It is still running. Stop it with Ctrl-C there, or by its process, then start again.");
      process.exit(1);
    }
    await new Promise((again) => setTimeout(again, 200));
  }
}

/** Until the worker has read the invoice that the first link names, its page could only say that there is none. */
async function booksRead({ databaseUrl }: Stack): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    for (const giveUp = Date.now() + READING_MS; Date.now() < giveUp; ) {
      const { rowCount } = await database.query("select 1 from invoices where number = 'INV-3001'");
      if (rowCount) return;
      await new Promise((again) => setTimeout(again, 200));
    }
    throw new Error("The worker has not read the firm's invoices.");
  } finally {
    await database.end();
  }
}

function whereDataLies(): string {
  return path.relative(FOLDER, dataOf(FOLDER));
}

/** By wish; also when the first start was cut short, and when the database isn't where we would look: root's is elsewhere. */
async function startAnewIfNeeded(): Promise<void> {
  if (!existsSync(FOLDER)) return;
  const isWhole = existsSync(FILLED) && readFileSync(FILLED, "utf8") === whereDataLies();
  if (isWhole && !process.argv.includes("--reset")) return;
  begin("Emptying .data/demo");
  await throwAway(FOLDER);
}

function tell({ webUrl, simulatorUrl }: Stack, isNew: boolean): void {
  const rows = [
    ["Pay desk", webUrl],
    ["  sign in as", `${DEMO_PEOPLE.broker}   password: ${DEMO_PASSWORD}`],
    ["", `${DEMO_PEOPLE.demoOwner} (owner of one firm), same password`],
    ["Pay, firm harbour", `${webUrl}/pay/quickfee/harbour?amount=480.00&invoice=INV-3001`],
    ["Pay, firm demo", `${webUrl}/pay/quickfee/demo?amount=2200.00&invoice=INV-2009   (after Connect Xero)`],
    ["  the old link", `${webUrl}/qsopus/#/company/quickfee/firm/demo/invoiceNo/INV-2009/amount/2200.00`],
    ["Card", "4242 4242 4242 4242, any date ahead, any CVC"],
    ["Xero, simulated", `${simulatorUrl}/   consent as Dana Reyes for Demo Accountants`],
    ["Mail arrives at", `${simulatorUrl}/mail`],
  ];
  const notes = [
    ...(webUrl.endsWith(`:${PORTS.web}`)
      ? []
      : [
          `Another program has port ${PORTS.web}. A payment URL that was saved in the simulated Xero before leads there: save the one of Settings, Payment link, anew.`,
        ]),
    ...(isNew ? [] : ['What was paid in an earlier run stays paid; "npm run demo -- --reset" begins again.']),
  ];
  console.log(
    `\n${rows.map(([name = "", value]) => `  ${name.padEnd(20)}${value}`).join("\n")}\n\n  ${[...notes, "Ctrl-C stops it."].join("\n  ")}\n`,
  );
}
