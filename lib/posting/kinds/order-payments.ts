import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { freeReference, LOOK_FIRST } from "../reference.ts";
import { insertPosting, type Posting } from "../store.ts";
import type { OrderPayment } from "./order-body.ts";

/** Marks what was paid, or paid back, with an order: its money is where the order says, whatever the clearing account is. */
const OF_ORDER = { of: "order" };
const ofOrder = z.strictObject({ of: z.literal("order") });

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

/** The credit note of an order is in Xero: what was paid back with it follows, each out of the account that the order says. */
export async function createOrderRefunds(
  tx: Db,
  { firmId, connectionId, sourceId, currency, reference, sends }: Posting,
  { creditNoteId, payments }: { creditNoteId: string; payments: OrderPayment[] },
): Promise<void> {
  for (const [part, { accountId, amountMinor, date }] of payments.entries()) {
    await insertPosting(
      tx,
      {
        ...{ firmId, connectionId, sourceId, part, accountId, currency, date },
        ...(sends > 0 ? LOOK_FIRST : {}),
        kind: "credit_refund",
        body: OF_ORDER,
        targetId: creditNoteId,
        amountMinor: BigInt(amountMinor),
        reference: await freeReference(tx, `${reference} refund ${part}`, false),
      },
      [],
    );
  }
}

/** Whether what Xero refused goes again to the account that it names, not to the clearing account of then. */
export function keepsItsAccount({ accountId, body }: Pick<Posting, "accountId" | "body">): boolean {
  return accountId === "" || ofOrder.safeParse(body).success;
}
