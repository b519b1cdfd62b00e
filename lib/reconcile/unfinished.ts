import type { Db } from "#lib/core/db.ts";
import { failedFor } from "#lib/core/failures.ts";
import type { Late, Unfinished } from "#lib/core/unfinished.ts";
import { RECONCILE, sideIn } from "./run.ts";

/** Sides, an account at the processor or an organisation, that could not be compared for so long. */
export async function uncompared(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const rows = await failedFor(db, RECONCILE, minutes);
  return rows
    .map(({ item, ...row }) => ({ ...row, item, ...sideIn(item) }))
    .filter((row) => firmId === undefined || row.firmId === firmId)
    .map(({ item, side, ...row }) => ({
      ...row,
      id: item,
      what: side === "stripe" ? "The comparison with Stripe" : "The comparison with Xero",
      money: null,
      failure: { kind: RECONCILE, item },
    }));
}
