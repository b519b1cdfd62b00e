import type { Db } from "#lib/core/db.ts";
import { hashOf, newToken } from "#lib/core/ids.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { type Checkout, type CheckoutLine, getCheckout, insertCheckout } from "./store.ts";

type LostCheckout = Pick<
  Checkout,
  "id" | "firmId" | "connectionId" | "contactId" | "currency" | "payerName" | "payerEmail"
> & { lines: CheckoutLine[] };

/**
 * Writes a checkout again that this database has forgotten. Its address is lost: nobody but staff finds it again. Throws when
 * the id is another firm's.
 */
export async function rebuildCheckout(tx: Db, { lines, ...lost }: LostCheckout): Promise<void> {
  const known = await getCheckout(tx, lost.id);
  if (known && known.firmId !== lost.firmId) throw new Error(`Checkout ${lost.id} is another firm's`);
  if (known) return;
  const { companySlug, firmSlug } = await letterheadOf(tx, lost.firmId);
  const backPath = `/pay/${companySlug}/${firmSlug}`;
  await insertCheckout(tx, { ...lost, backPath, tokenHash: hashOf(newToken()) }, lines);
}
