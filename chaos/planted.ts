/**
 * npm run chaos:planted [-- --first N]: is the harness worth anything? Plants each bug of bugs.ts in a copy of the tree and
 * runs the test that must catch it. Before that the same tests must hold without any. Ends with 1 when a bug gets by.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { BUGS, type Bug } from "./bugs.ts";

const FOLDERS = ["app", "components", "db", "lib", "scripts", "simulator"];
const FILES = ["package.json", "tsconfig.json", "vitest.config.ts", "worker.ts"];

const report = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
});
type Ran = { passed: string[]; failed: string[]; said: string };

const { values } = parseArgs({ options: { first: { type: "string" } } });
const bugs = BUGS.slice(0, Number(values.first ?? BUGS.length));

const project = process.cwd();
const tree = mkdtempSync(path.join(tmpdir(), "counterfoil-planted-"));
let caught = 0;
try {
  for (const name of [...FOLDERS, ...FILES])
    cpSync(path.join(project, name), path.join(tree, name), { recursive: true });
  symlinkSync(path.join(project, "node_modules"), path.join(tree, "node_modules"));
  const sound = await runTests(bugs);
  const missing = bugs.filter(({ caughtBy }) => !sound.passed.some((name) => name.includes(caughtBy.test)));
  if (sound.failed.length > 0 || missing.length > 0) {
    console.log(sound.said);
    throw new Error(
      `Without any bug: red: ${sound.failed.join("; ") || "none"}; not found: ${missing.map(({ caughtBy }) => caughtBy.test).join("; ") || "none"}`,
    );
  }
  console.log(`Without any bug: ${sound.passed.length} checks hold\n`);
  for (const bug of bugs) if (await isCaught(bug)) caught += 1;
} finally {
  rmSync(tree, { recursive: true, force: true });
}
console.log(`\n${caught}/${bugs.length} caught`);
process.exitCode = caught === bugs.length ? 0 : 1;

/** Only a test that says so has caught it: a tree that can't even be run shows nothing. */
async function isCaught(bug: Bug): Promise<boolean> {
  const file = path.join(tree, bug.file);
  const source = readFileSync(file, "utf8");
  const times = source.split(bug.find).length - 1;
  if (times !== 1) {
    console.log(`MISSED  ${bug.name}: what it changes stands ${times} times in ${bug.file}`);
    return false;
  }
  writeFileSync(
    file,
    source.replace(bug.find, () => bug.replace),
  );
  const { failed, said } = await runTests([bug]);
  writeFileSync(file, source);
  console.log(`${failed.length > 0 ? "caught" : "MISSED"}  ${bug.name}`);
  for (const name of failed) console.log(`          by ${bug.caughtBy.file}: ${name}`);
  if (failed.length === 0) console.log(said);
  return failed.length > 0;
}

async function runTests(which: Bug[]): Promise<Ran> {
  const files = [...new Set(which.map(({ caughtBy }) => caughtBy.file))];
  const names = which.map(({ caughtBy }) => caughtBy.test.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const to = path.join(tree, "report.json");
  rmSync(to, { force: true });
  const options = ["-t", names.join("|"), "--reporter=json", `--outputFile=${to}`];
  const said = await output(["node_modules/vitest/vitest.mjs", "run", ...files, ...options]);
  try {
    const tests = report
      .parse(JSON.parse(readFileSync(to, "utf8")))
      .testResults.flatMap(({ assertionResults }) => assertionResults);
    const of = (status: string) =>
      tests.filter((test) => test.status === status).map((test) => test.fullName);
    return { passed: of("passed"), failed: of("failed"), said };
  } catch {
    return { passed: [], failed: [], said };
  }
}

function output(args: string[]): Promise<string> {
  return new Promise((done, broken) => {
    const child = spawn(process.execPath, args, { cwd: tree, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    child.once("error", broken);
    child.once("close", () => done(said));
  });
}
