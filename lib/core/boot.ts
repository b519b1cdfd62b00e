import "server-only";
import { countsNoAddress, env, tellNextAuthItsAddress } from "./env.ts";
import { log } from "./log.ts";
import { VERSION } from "./version.ts";

/** First thing in a process: the settings are checked, all at once. A bad one ends it with plain lines, no stack. */
export function checkSettings(): void {
  try {
    log.level = env().LOG_LEVEL;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** The same for a process that goes on to work. One with a name says first what it is, and of which version. */
export function boot(name?: "web" | "worker"): void {
  checkSettings();
  if (name) log.info({ process: name, version: VERSION, pid: process.pid }, "process.started");
  if (countsNoAddress()) log.warn({ TRUSTED_PROXY_HOPS: 0 }, "settings.no-proxy-declared");
  tellNextAuthItsAddress();
}
