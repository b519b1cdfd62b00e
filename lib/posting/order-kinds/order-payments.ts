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
 * payments. Call it in the transaction that says so.
 */
export async function createOrderPayments(
  tx: Db,
  invoice: Posting,
  { invoiceId, payments }: { invoiceId: string; payments: OrderPayment[] },
): Promise<void> {
  for (const [part, payment] of payments.entries()) {
    const row = await rowAfter(tx, invoice, { part, payment, called: "payment" });
    await insertPosting(tx, { ...row, kind: "payment" }, [
      { invoiceId, amountMinor: BigInt(payment.amountMinor) },
    ]);
  }
}

/** The credit note of an order is in Xero: what was paid back with it follows, each out of the account that the order says. */
export async function createOrderRefunds(
  tx: Db,
  creditNote: Posting,
  { creditNoteId, payments }: { creditNoteId: string; payments: OrderPayment[] },
): Promise<void> {
  for (const [part, payment] of payments.entries()) {
    const row = await rowAfter(tx, creditNote, { part, payment, called: "refund" });
    const amountMinor = BigInt(payment.amountMinor);
    await insertPosting(tx, { ...row, kind: "credit_refund", targetId: creditNoteId, amountMinor }, []);
  }
}

/** One that was looked for may have been paid in a former life of this database: what follows it is looked for too. */
async function rowAfter(
  tx: Db,
  { firmId, connectionId, sourceId, currency, reference, sends }: Posting,
  { part, payment, called }: { part: number; payment: OrderPayment; called: "payment" | "refund" },
) {
  const { accountId, date } = payment;
  return {
    ...{ firmId, connectionId, sourceId, part, accountId, currency, date },
    ...(sends > 0 ? LOOK_FIRST : {}),
    body: OF_ORDER,
    reference: await freeReference(tx, `${reference} ${called} ${part}`, false),
  };
}

/** Whether what Xero refused goes again to the account that it names, not to the clearing account of then. */
export function keepsItsAccount({ accountId, body }: Pick<Posting, "accountId" | "body">): boolean {
  return accountId === "" || ofOrder.safeParse(body).success;
}
