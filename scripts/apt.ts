/** Debian's packages, for what the tests need of a machine and npm does not bring. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const FETCH_MS = 180_000;

/** As root on Debian, Ubuntu or their like, which name themselves in os-release. */
export function mayUseApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Installs these packages and no more than they need. False when that fails. */
export function installByApt(...packages: string[]): boolean {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "ignore" } as const;
  spawnSync("apt-get", ["update"], { ...options, timeout: FETCH_MS });
  const args = ["install", "-y", "--no-install-recommends", ...packages];
  return spawnSync("apt-get", args, { ...options, timeout: 2 * FETCH_MS }).status === 0;
}
