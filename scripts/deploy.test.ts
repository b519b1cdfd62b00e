import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const scripts = (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> })
  .scripts;
const read = (file: string) => readFileSync(`deploy/${file}`, "utf8");

/** "NODE_ENV=production node --flag web.ts" as it stands in a unit or an image. */
const commandOf = (name: string) => (scripts[name] ?? "").replace("NODE_ENV=production ", "");

/** In seconds: the longest that a process gives itself to end in. */
function longestStop(file: string): number {
  const times = [...readFileSync(file, "utf8").matchAll(/^const (?:STOPPING|AFTER_ERROR)_MS = ([\d_]+);/gm)];
  return times.reduce((sum, [, ms = "0"]) => sum + Number(ms.replaceAll("_", "")), 0) / 1_000;
}

test.each([
  ["web", "start"],
  ["worker", "worker"],
])(
  "the unit of %s runs what npm does, as a user of its own, and leaves it the time to end in",
  (name, script) => {
    const unit = read(`counterfoil-${name}.service`);
    expect(unit).toContain(`\nExecStart=/usr/bin/${commandOf(script)}\n`);
    expect(unit).toMatch(/^Environment=NODE_ENV=production/m);
    for (const line of ["User=counterfoil", "NoNewPrivileges=yes", "ProtectSystem=strict", "Restart=always"])
      expect(unit).toContain(`\n${line}\n`);
    const longest = longestStop(`${name}.ts`);
    expect(longest).toBeGreaterThan(0);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(longest);
  },
);

test("the image runs what npm start does, as no root", () => {
  const file = read("Containerfile");
  const [, command = "[]"] = /^CMD (.+)$/m.exec(file) ?? [];
  expect((JSON.parse(command) as string[]).join(" ")).toBe(commandOf("start"));
  expect(file.lastIndexOf("\nUSER node\n")).toBeGreaterThan(file.lastIndexOf("\nFROM "));
});
