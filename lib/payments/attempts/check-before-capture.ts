import type { Db } from "#lib/core/db.ts";
import { wereReadWithin } from "#lib/mirror/sync/is-current.ts";
import { type Attempt, listHolds } from "../store.ts";
import { isOwed } from "./is-owed.ts";
import { refreshOwed } from "./refresh-owed.ts";

/** What was read from Xero this short a time ago is not asked again: webhook and return page come within a second. */
const FRESH_SECONDS = 5;

/**
 * Whether what a payer has reserved is still owed, by a last look at Xero. What Xero does not show is not taken; while it is
 * away the rule of the commit counts (refresh-owed.ts).
 */
export async function checkBeforeCapture(db: Db, attempt: Attempt): Promise<boolean> {
  const { firmId, connectionId, currency } = attempt;
  const lines = await listHolds(db, attempt.id);
  const invoiceIds = lines.map((line) => line.invoiceId);
  const isKnown =
    (await wereReadWithin(db, connectionId, { invoiceIds, withinSeconds: FRESH_SECONDS })) ||
    (await refreshOwed(db, { firmId, connectionId }, invoiceIds));
  return isKnown && (await isOwed(db, { firmId, connectionId, currency, lines }));
}
