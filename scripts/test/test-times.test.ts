import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { slowest, writeTimes } from "./test-times.ts";

test("the slowest files of both runners come first, each with its parts in seconds, and all together last", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-times-"));
  writeTimes(folder, "unit", [
    { file: "lib/a.test.ts", setUpMs: 500, waitMs: 0, workMs: 500 },
    { file: "lib/crash.it.test.ts", setUpMs: 1_000, waitMs: 0, workMs: 99_000 },
  ]);
  writeTimes(folder, "flows", [{ file: "e2e/pay.spec.ts", setUpMs: 2_000, waitMs: 3_000, workMs: 5_000 }]);
  const told = slowest(folder, ["times-unit.json", "times-flows.json"]);
  rmSync(folder, { recursive: true });
  expect(told.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["seconds", "set-up", "waits", "work", "file"],
    ["100.0", "1.0", "0.0", "99.0", "lib/crash.it.test.ts"],
    ["10.0", "2.0", "3.0", "5.0", "e2e/pay.spec.ts"],
    ["1.0", "0.5", "0.0", "0.5", "lib/a.test.ts"],
    ["111.0", "3.5", "3.0", "104.5", "all 3 files"],
  ]);
});
