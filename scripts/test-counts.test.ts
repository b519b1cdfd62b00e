import { expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  name: "a.test.ts",
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
    why: ["it skipped\n  skipped"],
  });
});

test("a test file that could not be read counts as failed", () => {
  const testResults = [file("failed"), file("failed", "passed", "failed")];
  expect(vitestCounts(JSON.stringify({ numPassedTests: 1, numTotalTests: 2, testResults }))).toEqual({
    passed: 1,
    failed: 2,
    why: ["it failed\n  expected 1 to be 2\n    at line 3", "a.test.ts\n  No such file"],
  });
});

const flow = (status: string, ...messages: string[]) => ({
  title: `goes ${status}`,
  file: "pay.spec.ts",
  tests: [{ projectName: "phone", status, results: [{ errors: messages.map((message) => ({ message })) }] }],
});

test("a flow that passed only the second time, or not at all, counts as failed, and says why", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 };
  const suites = [
    { specs: [flow("expected")], suites: [{ specs: [flow("unexpected", "\u001b[31mno\u001b[39m page")] }] },
    { specs: [flow("flaky", "too late"), flow("skipped")] },
  ];
  expect(playwrightCounts(JSON.stringify({ stats, errors: [], suites }))).toEqual({
    passed: 5,
    failed: 3,
    why: [
      "[phone] pay.spec.ts: goes unexpected\n  no page",
      "[phone] pay.spec.ts: goes flaky\n  too late",
      "[phone] pay.spec.ts: goes skipped\n  skipped",
    ],
  });
});

test("a browser run that broke outside any test counts as failed", () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };
  expect(playwrightCounts(JSON.stringify({ stats, errors: [{ message: "no stack" }], suites: [] }))).toEqual({
    passed: 5,
    failed: 1,
    why: ["outside any test\n  no stack"],
  });
});
