import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";

let address: string | undefined;

/** The address of the one stylesheet, as scripts/build.ts has written it down. */
export function stylesheet(): string {
  const file = path.join(process.cwd(), ".next/stylesheet");
  address ??= readFileSync(/* turbopackIgnore: true */ file, "utf8");
  return address;
}
