import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** `why` says of each test that failed its name, how to run it alone, and the beginning of what it said. */
export type Counts = { passed: number; failed: number; why: string[] };

const SAID_LINES = 14;

const vitest = z.object({
  numPassedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** A file that could not even be read counts as one failure; a test that was skipped did not hold, so it failed. */
export function vitestCounts(report: string): Counts {
  const { numPassedTests, numTotalTests, testResults } = vitest.parse(JSON.parse(report));
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status !== "passed").map((test) => ({ file: name, ...test })),
  );
  const unread = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  return {
    passed: numPassedTests,
    failed: numTotalTests - numPassedTests + unread.length,
    why: [
      ...failures.map(({ file, fullName, status, failureMessages }) =>
        said(fullName, `${unitAlone(file)} -t ${quoted(fullName)}`, failureMessages[0] ?? status),
      ),
      ...unread.map(({ name, message }) => said(name, unitAlone(name), message)),
    ],
  };
}

const failure = z.object({ message: z.string().optional() });
const suite = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      line: z.number(),
      tests: z.array(
        z.object({
          projectName: z.string(),
          status: z.string(),
          results: z.array(z.object({ errors: z.array(failure) })),
        }),
      ),
    }),
  ),
  get suites() {
    return z.array(suite).optional();
  },
});
type Suite = z.infer<typeof suite>;

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(failure),
  suites: z.array(suite),
});

/** What passed only on a second try, or was skipped, did not hold. */
export function playwrightCounts(report: string): Counts {
  const { stats, errors, suites } = playwright.parse(JSON.parse(report));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + (errors.length > 0 ? 1 : 0),
    why: [
      ...suites.flatMap(whyOf),
      ...errors.map(({ message }) => said("outside any test", "npm run e2e", message ?? "no message")),
    ],
  };
}

function whyOf({ specs, suites = [] }: Suite): string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status !== "expected")
      .map(({ projectName, status, results }) => {
        const [first] = results.flatMap(({ errors }) => errors);
        const alone = `npm run e2e -- ${file}:${line} --project=${projectName}`;
        return said(`[${projectName}] ${file}: ${title}`, alone, first?.message ?? status);
      }),
  );
  return [...own, ...suites.flatMap(whyOf)];
}

function unitAlone(file: string): string {
  return `npx vitest run ${path.relative(process.cwd(), file)}`;
}

/** For a shell, a name that vitest reads as a regular expression. */
function quoted(name: string): string {
  return `'${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("'", ".")}'`;
}

function said(name: string, alone: string, message: string): string {
  const lines = stripVTControlCharacters(message).trimEnd().split("\n").slice(0, SAID_LINES);
  return [name, `  alone: ${alone}`, ...lines.map((line) => `  ${line}`)].join("\n");
}
