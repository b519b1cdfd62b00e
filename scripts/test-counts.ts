import { z } from "zod";

export type Counts = { passed: number; failed: number };

const vitest = z.object({
  numPassedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** A file that could not even be read counts as one failure; a test that was skipped did not hold, so it failed. */
export function vitestCounts(report: string): Counts {
  const { numPassedTests, numTotalTests, testResults } = vitest.parse(JSON.parse(report));
  const unread = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unread.length };
}

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** What passed only on a second try, or was skipped, did not hold. */
export function playwrightCounts(report: string): Counts {
  const { stats, errors } = playwright.parse(JSON.parse(report));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + (errors.length > 0 ? 1 : 0),
  };
}
