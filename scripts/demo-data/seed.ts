import { spawnSync } from "node:child_process";
import type { Stack } from "../stack/stack.ts";

/** Fills a started stack with the demonstration's people, firms and settings. Throws with the seed's words. */
export function seed({ env }: Pick<Stack, "env">): void {
  const flags = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
  const done = spawnSync(process.execPath, [...flags, "scripts/demo-data/seed-demo.ts"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
}
