import type { Db } from "#lib/core/db.ts";
import { freeReference, LOOK_FIRST } from "../reference.ts";
import { insertPosting, type Posting } from "../store.ts";
import type { OrderPayment } from "./order-body.ts";

/** Marks a payment that an order came with: its money is where the order says, whatever the clearing account is. */
const OF_ORDER = { of: "order" };

/**
 * The invoice of an order is in Xero: what was paid with the order follows, each as a payment that goes the way of all
 * payments. Call it in the transaction that says so. An invoice that was looked for may have been paid in a former life of this
 * database, and its payments are looked for too.
 */
export async function createOrderPayments(
  tx: Db,
  { firmId, connectionId, sourceId, currency, reference, sends }: Posting,
  { invoiceId, payments }: { invoiceId: string; payments: OrderPayment[] },
): Promise<void> {
  for (const [part, { accountId, amountMinor, date }] of payments.entries()) {
    await insertPosting(
      tx,
      {
        ...{ firmId, connectionId, sourceId, part, accountId, currency, date },
        ...(sends > 0 ? LOOK_FIRST : {}),
        kind: "payment",
        body: OF_ORDER,
        reference: await freeReference(tx, `${reference} payment ${part}`, false),
      },
      [{ invoiceId, amountMinor: BigInt(amountMinor) }],
    );
  }
}

/** Whether what Xero refused goes again to the account that it names, not to the clearing account of then. */
export function keepsItsAccount({
  kind,
  accountId,
  body,
}: Pick<Posting, "kind" | "accountId" | "body">): boolean {
  return accountId === "" || (kind === "payment" && body !== null);
}
