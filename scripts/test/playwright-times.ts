/** Playwright's reporter of times: set-up is hooks and fixtures, a worker's stack among them; waiting is expect's. */
import path from "node:path";
import type { Reporter, TestCase, TestResult, TestStep } from "@playwright/test/reporter";
import { type FileTime, writeTimes } from "./test-times.ts";

export default class PlaywrightTimes implements Reporter {
  #times = new Map<string, FileTime>();

  onTestEnd(test: TestCase, { duration, steps }: TestResult): void {
    const file = path.relative(process.cwd(), test.location.file);
    const time = this.#times.get(file) ?? { file, setUpMs: 0, waitMs: 0, workMs: 0 };
    this.#times.set(file, time);
    const setUpMs = sumOf(steps, ({ category }) => category === "hook");
    const waitMs = sumOf(
      steps.filter(({ category }) => category !== "hook"),
      isWait,
    );
    time.setUpMs += setUpMs;
    time.waitMs += waitMs;
    time.workMs += Math.max(0, duration - setUpMs - waitMs);
  }

  onEnd(): void {
    writeTimes(path.resolve(".data/test"), "flows", [...this.#times.values()]);
  }
}

function isWait({ category, title }: TestStep): boolean {
  return category === "expect" || (category === "pw:api" && /^Wait for/i.test(title));
}

/** Of the outermost steps of this kind: what is inside them is counted with them. */
function sumOf(steps: TestStep[], isKind: (step: TestStep) => boolean): number {
  return steps.reduce((sum, step) => sum + (isKind(step) ? step.duration : sumOf(step.steps, isKind)), 0);
}
