import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

export type Child = { process: ChildProcess; stop(): Promise<void> };

type ChildOptions = {
  name: string;
  args: string[];
  env: Record<string, string>;
  /** Otherwise where we are. */
  cwd?: string;
  /** Told at once, before it is of use. */
  onSpawn?: (pid: number) => void;
  logFile: string;
  /** Resolves once the child is of use; called again and again with its output so far. */
  isReady: (output: string) => boolean | Promise<boolean>;
};

/**
 * Starts one of our own processes under this very Node, in its own group, its output in a file; waits until it is of use.
 * One that ends by itself or takes longer than a minute is a throw with its last words, and is ended.
 */
export async function startChild({
  name,
  args,
  env,
  cwd = process.cwd(),
  onSpawn,
  logFile,
  isReady,
}: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid !== undefined) onSpawn?.(child.pid);
  const file = createWriteStream(logFile, { flags: "a" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      file.write(chunk);
      output = (output + chunk.toString()).slice(-8_000);
    });
  }
  const deadline = Date.now() + 60_000;
  while (!(await isReady(output))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${name} ended by itself:\n${output.trim()}`);
    if (Date.now() > deadline) {
      await stopChild(child);
      throw new Error(`${name} was not ready within a minute; its output is in ${logFile}`);
    }
    await new Promise((again) => setTimeout(again, 100));
  }
  return { process: child, stop: () => stopChild(child) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const tooLong = setTimeout(() => child.kill("SIGKILL"), 25_000);
  await ended;
  clearTimeout(tooLong);
}

export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
