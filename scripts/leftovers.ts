/** What a demo that was killed outright left running: found by the ids it noted, and only if they are still those programs. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

type Noted = { pid: number; command: string };

const fileOf = (folder: string) => path.join(folder, "children.json");

/** Notes a process that we started. */
export function note(folder: string, pid: number | undefined): void {
  if (pid === undefined) return;
  writeFileSync(fileOf(folder), JSON.stringify([...noted(folder), { pid, command: commandOf(pid) ?? "" }]));
}

export function forgetAll(folder: string): void {
  rmSync(fileOf(folder), { force: true });
}

/** Ends what an earlier run noted and could not end itself; PostgreSQL last, as it was started first. */
export async function endLeftovers(folder: string): Promise<void> {
  for (const { pid, command } of noted(folder).reverse()) {
    if (command === "" || commandOf(pid) !== command) continue;
    process.kill(pid, "SIGINT");
    for (let tries = 0; tries < 300 && commandOf(pid) === command; tries += 1) {
      await new Promise((again) => setTimeout(again, 100));
    }
  }
  forgetAll(folder);
}

function noted(folder: string): Noted[] {
  return existsSync(fileOf(folder)) ? (JSON.parse(readFileSync(fileOf(folder), "utf8")) as Noted[]) : [];
}

/** The command line of a living process; undefined where there is none, or no way to ask. */
function commandOf(pid: number): string | undefined {
  try {
    return (
      execFileSync("ps", ["-p", String(pid), "-o", "args="], { stdio: ["ignore", "pipe", "ignore"] })
        .toString()
        .trim() || undefined
    );
  } catch {
    return undefined;
  }
}
