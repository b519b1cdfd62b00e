import { devNull } from "node:os";
import { runTool } from "./postgres-tools.ts";

/** Throws in words unless this archive of pg_dump's holds a desk: its firms are in it. */
export function requireDesk(file: string, bin: string | null): void {
  const list = runTool("pg_restore", { args: ["--list", file], bin });
  if (!/ TABLE DATA public firms /.test(list))
    throw new Error(`${file} holds no desk: there is no table "firms" in it.`);
}

/** Throws in words unless all of it can be read. pg_restore's list alone is whole also where what follows is cut off. */
export function readToItsEnd(file: string, bin: string | null): void {
  runTool("pg_restore", { args: [`--file=${devNull}`, file], bin });
}
