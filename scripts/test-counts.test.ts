import { expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

test("a test that was skipped counts as failed", () => {
  const testResults = [file("passed", "passed", "skipped")];
  expect(vitestCounts(JSON.stringify({ numPassedTests: 1, numTotalTests: 2, testResults }))).toEqual({
    passed: 1,
    failed: 1,
  });
});

test("a test file that could not be read counts as failed", () => {
  const testResults = [file("failed"), file("failed", "passed", "failed")];
  expect(vitestCounts(JSON.stringify({ numPassedTests: 1, numTotalTests: 2, testResults }))).toEqual({
    passed: 1,
    failed: 2,
  });
});

test("a flow that passed only the second time, or not at all, counts as failed", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 };
  expect(playwrightCounts(JSON.stringify({ stats, errors: [] }))).toEqual({ passed: 5, failed: 3 });
});

test("a browser run that broke outside any test counts as failed", () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };
  expect(playwrightCounts(JSON.stringify({ stats, errors: [{ message: "no stack" }] }))).toEqual({
    passed: 5,
    failed: 1,
  });
});
