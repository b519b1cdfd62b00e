/** Test only: the bundled programs as processes. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { inject } from "vitest";
import type { Program } from "./bundle.ts";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface joins the one that vitest declares
  interface ProvidedContext {
    /** Folder of the bundled programs. */
    programs: string;
  }
}

export const fileOf = (program: Program) => path.join(inject("programs"), program.replace(/\.ts$/, ".mjs"));

/** Starts one with this file's environment; `preload` is a module that is loaded before it. */
export function startProgram(
  program: Program,
  args: string[] = [],
  { errors = "inherit", preload }: { errors?: "inherit" | "ignore"; preload?: string } = {},
): ChildProcessByStdio<Writable, Readable, null> {
  const flags = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
  const before = preload ? ["--import", preload] : [];
  return spawn(process.execPath, [...flags, ...before, fileOf(program), ...args], {
    stdio: ["pipe", "pipe", errors],
  });
}
