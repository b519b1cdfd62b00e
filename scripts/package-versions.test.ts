import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The lowest versions without a known hole (reliability-security.md 2.12). */
const FLOORS: Record<string, string> = {
  next: "16.4.6",
  react: "19.2.7",
  "react-dom": "19.2.7",
  "next-auth": "4.24.15",
  nodemailer: "9.0.1",
  "drizzle-orm": "0.45.2",
};

type Lock = { packages: Record<string, { version?: string }> };

test("X7: no package with a known hole is installed, nor anywhere below another", () => {
  const { packages }: Lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  for (const [name, floor] of Object.entries(FLOORS)) {
    const installed = Object.entries(packages)
      .filter(([place]) => place.endsWith(`node_modules/${name}`))
      .map(([, { version = "" }]) => version);
    expect(installed.length, name).toBeGreaterThan(0);
    expect(
      installed.filter((version) => isBelow(version, floor)),
      `${name} must be at least ${floor}`,
    ).toEqual([]);
  }
});

function isBelow(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(/[.-]/).map(Number));
  const at = [0, 1, 2].find((part) => have?.[part] !== need?.[part]);
  return at !== undefined && (have?.[at] ?? 0) < (need?.[at] ?? 0);
}
