/** Fails when the papers at the top, in docs/ or beside what they tell of name a file, a folder or an npm script that is not there. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOTS = /^(app|bench|chaos|components|db|deploy|docs|e2e|lib|scripts|simulator)\//;
const scripts = Object.keys(
  (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object }).scripts,
);

const faults = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...globSync("{bench,docs,e2e,findings,simulator}/**/*.md"),
].flatMap(faultsOf);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function faultsOf(paper: string): string[] {
  const text = readFileSync(paper, "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, to = ""]) =>
    path.join(path.dirname(paper), to),
  );
  const names = [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = ""]) => name)
    .filter((name) => ROOTS.test(name) && !/[<{*]/.test(name));
  const missing = [...links, ...names]
    .filter((file) => !existsSync(file))
    .map((file) => `${paper}: ${file} is not there`);
  const commands = [...text.matchAll(/(?:`|^)npm (?:run )?([a-z][a-z0-9:-]*)/gm)].map(
    ([, name = ""]) => name,
  );
  const unknown = commands.filter(
    (name) => !["ci", "install", "prune"].includes(name) && !scripts.includes(name),
  );
  return [...missing, ...unknown.map((name) => `${paper}: there is no npm script "${name}"`)];
}
