import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "./start.ts";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ dataDir: mkdtempSync(path.join(tmpdir(), "readme-")) });
});
afterAll(() => simulator.close());

test("the tutorial's commands, one after the other, print what stands below them", async () => {
  const text = readFileSync(path.join(import.meta.dirname, "README.md"), "utf8");
  const commands = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join("");
  const said = [...commands.matchAll(/^#= (.*)$/gm)].map(([, line]) => line);
  const { stdout } = await promisify(execFile)("bash", ["-uc", commands], {
    env: { ...process.env, S: simulator.url },
  });
  expect(stdout.trimEnd().split("\n")).toEqual(said);
});
