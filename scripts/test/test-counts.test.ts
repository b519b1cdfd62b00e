import path from "node:path";
import { expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  name: path.resolve("lib/a.test.ts"),
  message: status === "failed" ? "No such file" : "",
  assertionResults: tests.map((one) => ({
    status: one,
    fullName: `it ${one}`,
    failureMessages: one === "failed" ? ["expected 1 to be 2\n  at line 3"] : [],
  })),
});

test("a test that was skipped counts as failed", () => {
  const testResults = [file("passed", "passed", "skipped")];
  expect(vitestCounts(JSON.stringify({ numPassedTests: 1, numTotalTests: 2, testResults }))).toEqual({
    passed: 1,
    failed: 1,
    why: ["it skipped\n  alone: npx vitest run lib/a.test.ts -t 'it skipped'\n  skipped"],
  });
});

test("a test file that could not be read counts as failed", () => {
  const testResults = [file("failed"), file("failed", "passed", "failed")];
  expect(vitestCounts(JSON.stringify({ numPassedTests: 1, numTotalTests: 2, testResults }))).toEqual({
    passed: 1,
    failed: 2,
    why: [
      "it failed\n  alone: npx vitest run lib/a.test.ts -t 'it failed'\n  expected 1 to be 2\n    at line 3",
      `${path.resolve("lib/a.test.ts")}\n  alone: npx vitest run lib/a.test.ts\n  No such file`,
    ],
  });
});

test("how to run a test alone is said so that a shell and vitest read its name as it is", () => {
  const fullName = "what's owed (in $) is 1.00";
  const assertionResults = [{ status: "failed", fullName, failureMessages: ["no"] }];
  const testResults = [{ ...file("failed"), assertionResults }];
  const { why } = vitestCounts(JSON.stringify({ numPassedTests: 0, numTotalTests: 1, testResults }));
  expect(why).toEqual([
    `${fullName}\n  alone: npx vitest run lib/a.test.ts -t 'what.s owed \\(in \\$\\) is 1\\.00'\n  no`,
  ]);
});

const flow = (status: string, ...messages: string[]) => ({
  title: `goes ${status}`,
  file: "pay.spec.ts",
  line: 7,
  tests: [{ projectName: "phone", status, results: [{ errors: messages.map((message) => ({ message })) }] }],
});

test("a flow that passed only the second time, or not at all, counts as failed, and says why", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 };
  const alone = "alone: npm run e2e -- pay.spec.ts:7 --project=phone";
  const suites = [
    { specs: [flow("expected")], suites: [{ specs: [flow("unexpected", "\u001b[31mno\u001b[39m page")] }] },
    { specs: [flow("flaky", "too late"), flow("skipped")] },
  ];
  expect(playwrightCounts(JSON.stringify({ stats, errors: [], suites }))).toEqual({
    passed: 5,
    failed: 3,
    why: [
      `[phone] pay.spec.ts: goes unexpected\n  ${alone}\n  no page`,
      `[phone] pay.spec.ts: goes flaky\n  ${alone}\n  too late`,
      `[phone] pay.spec.ts: goes skipped\n  ${alone}\n  skipped`,
    ],
  });
});

test("a browser run that broke outside any test counts as failed", () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };
  expect(playwrightCounts(JSON.stringify({ stats, errors: [{ message: "no stack" }], suites: [] }))).toEqual({
    passed: 5,
    failed: 1,
    why: ["outside any test\n  alone: npm run e2e\n  no stack"],
  });
});
