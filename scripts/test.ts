/**
 * npm test: everything that must hold, all of it even when something fails. Ends in one line, "N passed, N failed". While
 * at work: "npm test -- --only lint", or unit, e2e, chaos; "--changed" for what differs from main; "--report" for how long
 * each file took. A build server adds --whole: the demo and a release, both from nothing, which take some minutes and
 * ports that people may be using.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { optionsOf } from "./options.ts";
import { requireBrowser } from "./test/test-browser.ts";
import { changedSinceMain } from "./test/test-changed.ts";
import { type Counts, playwrightCounts, vitestCounts } from "./test/test-counts.ts";
import { slowest } from "./test/test-times.ts";

const USAGE = `npm test -- [--only lint|unit|e2e|chaos|demo|release] [--changed] [--report] [--whole]
  --only GROUP   one group of steps
  --changed      what differs from main alone
  --report       tells how long each file took, too
  --whole        the demo and a release from nothing, too: for build servers`;
const FOLDER = path.resolve(".data", "test");
const FLAGS = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
const VITEST_REPORT = path.join(FOLDER, "vitest.json");
const PLAYWRIGHT_REPORT = path.join(FOLDER, "playwright.json");
const LAST_LINES = 400;

type Ran = { code: number | null; output: string };
type Outcome = Counts & { output: string };
type Step = {
  group: "lint" | "unit" | "e2e" | "chaos" | "demo" | "release";
  name: string;
  run(): Promise<Outcome>;
};

/** One after the other, with two workers each; they leave a part of two cores idle. */
const TESTS: Step[] = [
  { group: "unit", name: "Unit and integration", run: unit },
  { group: "e2e", name: "Flows in a browser", run: flows },
];

/** Meanwhile, one after the other. */
const BESIDE: Step[] = [
  {
    group: "lint",
    name: "Biome: lint and format",
    run: () =>
      one("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--max-diagnostics=60", "."),
  },
  { group: "lint", name: "Types", run: types },
  { group: "lint", name: "Import rules: planted violations", run: () => one("scripts/lint-rules/check.ts") },
  { group: "lint", name: "Papers: what they cite is there", run: () => one("scripts/check-papers.ts") },
  {
    group: "lint",
    name: "Redocly: the API's OpenAPI document",
    run: () => product("scripts/api-document/check.ts"),
  },
  {
    group: "lint",
    name: "knip: nothing unused",
    run: () => one("node_modules/knip/bin/knip.js", "--no-progress"),
  },
  { group: "e2e", name: "Build", run: builds },
];

/** After all of these, each alone. Chaos looks for what goes wrong by chance, and not for what a busy machine is late with. */
const AFTER: Step[] = [
  {
    group: "chaos",
    name: "Nemesis: half a minute of faults",
    run: () => product("chaos/nemesis.ts", "--seed", "1", "--minutes", "0.5"),
  },
  {
    group: "chaos",
    name: "Planted bugs: the first three",
    run: () => product("chaos/planted.ts", "--first", "3"),
  },
];

/** After these, only when asked for. */
const WHOLE: Step[] = [
  {
    group: "demo",
    name: "The demo, from nothing, in a private folder",
    run: () => product("scripts/release/try-demo.ts"),
  },
  {
    group: "release",
    name: "The image's steps, and the desk without development packages",
    run: () => product("scripts/release/try-release.ts"),
  },
];

const children = new Set<ChildProcess>();
const built = Promise.withResolvers<boolean>();

// A terminal's Ctrl-C reaches the step itself; a plain kill of ours is passed on as one. It tidies up, then we end.
let isEnding = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    isEnding = true;
    if (signal === "SIGTERM") for (const child of children) child.kill("SIGINT");
  });
}

const { values } = optionsOf(USAGE, {
  options: {
    ...{ only: { type: "string" }, whole: { type: "boolean" } },
    ...{ changed: { type: "boolean" }, report: { type: "boolean" } },
  },
});
const changed = values.changed ? changedSinceMain() : undefined;
const wanted = ({ group }: Step) => {
  if (values.only !== undefined) return group === values.only;
  return !changed || group === "lint" || group === "unit" || (group === "e2e" && changed.flows !== "none");
};
const lanes = [TESTS.filter(wanted), BESIDE.filter(wanted)];
const whole = values.whole || values.only !== undefined ? WHOLE : [];
const last = [...AFTER, ...whole].filter(wanted);
if ([...lanes, last].every((steps) => steps.length === 0)) {
  console.error(`There is no "${values.only}".\n\n${USAGE}`);
  process.exit(2);
}
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });

let passed = 0;
let failed = 0;
const why: string[] = [];
await Promise.all(lanes.map(inTurn));
await inTurn(last);
if (values.report) console.log(`\n${slowest(FOLDER, globSync("times-*.json", { cwd: FOLDER })).join("\n")}`);
if (why.length > 0) console.log(`\nFailed:\n${why.join("\n")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function inTurn(steps: Step[]): Promise<void> {
  for (const { name, run } of steps) {
    console.log(`${name}…`);
    const began = performance.now();
    const outcome = await run().catch((error: unknown) =>
      fault(error instanceof Error ? error.message : String(error)),
    );
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    passed += outcome.passed;
    failed += outcome.failed;
    why.push(...outcome.why);
    if (outcome.failed > 0) console.log(`${lastLines(outcome.output)}\n`);
    console.log(
      `  ${outcome.failed > 0 ? "FAILED" : "ok"}  ${name}: ${outcome.passed} passed, ${outcome.failed} failed, ${seconds} s`,
    );
  }
}

/** A tool that says yes or no counts as one. */
function one(script: string, ...args: string[]): Promise<Outcome> {
  return yesOrNo(script, [script, ...args]);
}

/** The same, of a script that runs the product's own code. */
function product(script: string, ...args: string[]): Promise<Outcome> {
  return yesOrNo(script, [...FLAGS, script, ...args]);
}

async function yesOrNo(name: string, args: string[]): Promise<Outcome> {
  const { code, output } = await run(args);
  return code === 0 ? { passed: 1, failed: 0, why: [], output } : fault(output, name);
}

/** On a fresh clone Next's own types of the routes are not there yet. */
async function types(): Promise<Outcome> {
  const made = await run(["node_modules/next/dist/bin/next", "typegen"]);
  return made.code === 0 ? one("node_modules/typescript/bin/tsc", "--noEmit", "-p", ".") : fault(made.output);
}

async function unit(): Promise<Outcome> {
  const reporters = ["default", "json", "./scripts/test/vitest-times.ts"].map((name) => `--reporter=${name}`);
  const which = changed ? [`--changed=${changed.base}`] : [];
  const to = `--outputFile.json=${VITEST_REPORT}`;
  const ran = await run(["node_modules/vitest/vitest.mjs", "run", ...which, ...reporters, to]);
  return counted(ran, () => vitestCounts(readFileSync(VITEST_REPORT, "utf8")));
}

function builds(): Promise<Outcome> {
  const outcome = one("scripts/build.ts");
  built.resolve(
    outcome.then(
      ({ failed }) => failed === 0,
      () => false,
    ),
  );
  return outcome;
}

async function flows(): Promise<Outcome> {
  if (!(await built.promise)) return fault("Not run: there is no build to run it against.");
  requireBrowser();
  const cli = "node_modules/@playwright/test/cli.js";
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };
  const which = changed?.flows === "those of changed files" ? [`--only-changed=${changed.base}`] : [];
  const reporters = "--reporter=list,json,./scripts/test/playwright-times.ts";
  const ran = await run([...FLAGS, cli, "test", ...which, reporters], env);
  return counted(ran, () => playwrightCounts(readFileSync(PLAYWRIGHT_REPORT, "utf8")));
}

/** The report's counts; a run that ended badly without naming a test has failed once more than it says. */
function counted({ code, output }: Ran, read: () => Counts): Outcome {
  try {
    const counts = read();
    const unnamed = code !== 0 && counts.failed === 0 ? 1 : 0;
    return { ...counts, failed: counts.failed + unnamed, output };
  } catch {
    return fault(output);
  }
}

function fault(output: string, what?: string): Outcome {
  return { passed: 0, failed: 1, why: what ? [what] : [], output };
}

function run(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((done, broken) => {
    const started = spawn(process.execPath, args, {
      // What one process has compiled, the next does not compile again: most of them are started many times.
      env: { ...process.env, NO_COLOR: "1", NODE_COMPILE_CACHE: path.resolve(".data/compiled"), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(started);
    let output = "";
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    started.once("error", broken);
    started.once("close", (code) => {
      children.delete(started);
      if (!isEnding) done({ code, output });
      else if (children.size === 0) process.exit(130);
    });
  });
}

function lastLines(output: string): string {
  const lines = output.trimEnd().split("\n");
  return (lines.length > LAST_LINES ? ["…", ...lines.slice(-LAST_LINES)] : lines)
    .map((line) => `    ${line}`)
    .join("\n");
}
