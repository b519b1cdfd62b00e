import type { Db } from "#lib/core/db.ts";
import { failedFor } from "#lib/core/failures/failures.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { RECONCILE, sideIn } from "./run.ts";
import { COMPARED } from "./sweep-processor.ts";

/** Sides, an account at the processor or an organisation, or single things at the processor, that could not be compared for so long. */
export async function uncompared(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const rows = await failedFor(db, RECONCILE, minutes);
  const things = (await failedFor(db, COMPARED, minutes)).flatMap(({ item, ...row }) => {
    const [firm = "", , ref] = item.split(" ");
    if (firmId !== undefined && firm !== firmId) return [];
    const failure = { kind: COMPARED, item };
    return { ...row, firmId: firm, id: item, what: `What Stripe has as ${ref}`, money: null, failure };
  });
  const sides = rows
    .map(({ item, ...row }) => ({ ...row, item, ...sideIn(item) }))
    .filter((row) => firmId === undefined || row.firmId === firmId)
    .map(({ item, side, ...row }) => ({
      ...row,
      id: item,
      what: side === "stripe" ? "The comparison with Stripe" : "The comparison with Xero",
      money: null,
      failure: { kind: RECONCILE, item },
    }));
  return [...sides, ...things];
}
