import "server-only";
import { countsNoAddress, env, tellNextAuthItsAddress } from "./env.ts";
import { log } from "./log.ts";

/** First thing in a process: the settings are checked, all at once. A bad one ends it with plain lines, no stack. */
export function boot(): void {
  try {
    log.level = env().LOG_LEVEL;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
  if (countsNoAddress()) log.warn({ TRUSTED_PROXY_HOPS: 0 }, "settings.no-proxy-declared");
  tellNextAuthItsAddress();
}
