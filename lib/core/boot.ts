import "server-only";
import { env, tellNextAuthItsAddress } from "./env.ts";
import { log } from "./log.ts";

/** First thing in a process: the settings are checked, all at once. A bad one ends it with plain lines, no stack. */
export function boot(): void {
  try {
    log.level = env().LOG_LEVEL;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
  tellNextAuthItsAddress();
}
