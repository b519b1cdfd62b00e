/** Processes of earlier runs, known again by when they began: an id alone may be another's by now. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Small images of Linux have no ps. */
const hasProc = existsSync("/proc/self/stat");

export type Known = { pid: number; began: string };

/** The living process with this id; undefined when there is none, or no way to ask. */
export function known(pid: number): Known | undefined {
  const began = hasProc ? beganByProc(pid) : ps(pid, "lstart=");
  return began ? { pid, began } : undefined;
}

/** The processes noted in a file; none where there is no file, or one that was cut short. */
export function readNotes(file: string): Known[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Known[];
  } catch {
    return [];
  }
}

/** Adds a living process to the notes of a file. */
export function note(file: string, pid: number): void {
  const one = known(pid);
  if (one) writeFileSync(file, JSON.stringify([...readNotes(file).filter(isAlive), one]));
}

export function isAlive({ pid, began }: Known): boolean {
  return known(pid)?.began === began;
}

/** Asks it to end as Ctrl-C would (PostgreSQL: disconnect everybody, end in order), and ends it at once after half a minute. */
export async function endProcess(one: Known): Promise<void> {
  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    if (!isAlive(one)) return;
    process.kill(one.pid, signal);
    for (let tries = 0; tries < 300 && isAlive(one); tries += 1) {
      await new Promise((again) => setTimeout(again, 100));
    }
  }
}

/** What it was started with; undefined where there is no way to ask. */
export function commandOf(pid: number): string | undefined {
  if (!hasProc) return ps(pid, "args=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || undefined;
  } catch {
    return undefined;
  }
}

/** proc_pid_stat(5): the name in brackets may hold anything; behind it stand the state, field 3, and the start in ticks, field 22. */
function beganByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function ps(pid: number, what: string): string | undefined {
  try {
    const said = execFileSync("ps", ["-p", String(pid), "-o", what], { stdio: ["ignore", "pipe", "ignore"] });
    return said.toString().trim() || undefined;
  } catch {
    return undefined;
  }
}
