/** vitest's reporter of times: set-up is loading the file and its hooks. What its tests wait for, it doesn't know. */
import path from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { type FileTime, writeTimes } from "./test-times.ts";

export default class VitestTimes implements Reporter {
  #times: FileTime[] = [];

  onTestModuleEnd(module: TestModule): void {
    const { environmentSetupDuration, prepareDuration, setupDuration, collectDuration, duration } =
      module.diagnostic();
    const tests = [...module.children.allTests()];
    const workMs = tests.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0);
    const loadMs = environmentSetupDuration + prepareDuration + setupDuration + collectDuration;
    this.#times.push({
      file: path.relative(process.cwd(), module.moduleId),
      setUpMs: loadMs + Math.max(0, duration - workMs),
      waitMs: 0,
      workMs,
    });
  }

  onTestRunEnd(): void {
    writeTimes(path.resolve(".data/test"), "unit", this.#times);
  }
}
