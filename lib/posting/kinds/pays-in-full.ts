import type { Db } from "#lib/core/db.ts";
import { findByIds } from "#lib/mirror/read.ts";
import type { Claimed } from "../store.ts";

/**
 * Those of one organisation that pay all their invoice owes, by the mirror. Xero takes such a payment once, whoever sends
 * it again and however late, unless the invoice is raised meanwhile; of a part it would take a second one.
 */
export async function payInFull(db: Db, claimed: Claimed[]): Promise<Claimed[]> {
  const [first] = claimed;
  if (!first) return [];
  const ids = claimed.flatMap(({ lines }) => lines.map(({ invoiceId }) => invoiceId));
  const dues = new Map(
    (await findByIds(db, first.connectionId, ids)).map(({ invoiceId, dueMinor }) => [invoiceId, dueMinor]),
  );
  return claimed.filter(({ lines }) => lines.every((line) => dues.get(line.invoiceId) === line.amountMinor));
}
