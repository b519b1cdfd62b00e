/** Test only: a process of its own that calls Xero as often as it may, until it is killed; argv: connection id, purpose, callers at once. */
import { db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import type { Purpose } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { withXero } from "../call.ts";

const [connectionId = "", purpose = "sync", callers = "1"] = process.argv.slice(2);
log.level = "silent";
await db().execute("select 1");
console.log("begins");
await Promise.all(
  Array.from({ length: Number(callers) }, async () => {
    for (;;) {
      try {
        await withXero(db(), connectionId, purpose as Purpose, (xero) => xero.organisation());
      } catch (error) {
        if (!(error instanceof XeroFault)) throw error;
        await new Promise((soon) => setTimeout(soon, 50));
      }
    }
  }),
);
