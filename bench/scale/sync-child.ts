import { spawn } from "node:child_process";
import path from "node:path";
import type { Stack } from "../../scripts/stack/stack.ts";

/** One process of a child's file: `done` is the last line that it printed; before it may come what it logged. */
export function child<T extends string | number | object>(
  stack: Stack,
  args: string[],
  file = "sync.child.ts",
): { pid: number | undefined; done: Promise<T> } {
  const started = spawn(
    process.execPath,
    [...process.execArgv, path.join(import.meta.dirname, file), ...args],
    { env: { ...process.env, ...stack.env }, stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  started.stdout.on("data", (chunk: Buffer) => (said += chunk));
  const done = new Promise<T>((answered, failed) => {
    started.once("error", failed);
    started.once("close", (code) =>
      code === 0
        ? answered(JSON.parse(said.trim().split("\n").at(-1) ?? ""))
        : failed(new Error(`${args[0]} ended with ${code}`)),
    );
  });
  return { pid: started.pid, done };
}
