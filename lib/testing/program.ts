/** Test only: the bundled programs as processes. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Program } from "./bundle.ts";

/** Where bundle.ts has put it; its source where nothing was bundled, as in a search for planted bugs. */
export function fileOf(program: Program): string {
  const folder = process.env.BUNDLED_PROGRAMS;
  return folder ? path.join(folder, program.replace(/\.ts$/, ".mjs")) : program;
}

/** Starts one with this file's environment; `preload` is loaded before it. */
export function startProgram(
  program: Program,
  args: string[] = [],
  { errors = "inherit", preload }: { errors?: "inherit" | "ignore"; preload?: Program } = {},
): ChildProcessByStdio<Writable, Readable, null> {
  const flags = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
  const before = preload ? ["--import", path.resolve(fileOf(preload))] : [];
  return spawn(process.execPath, [...flags, ...before, fileOf(program), ...args], {
    stdio: ["pipe", "pipe", errors],
  });
}
