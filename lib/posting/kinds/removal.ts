import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import type { PostedPayment } from "#lib/xero/api/types.ts";
import { invoiceTakenBack } from "../order-kinds/invoice.ts";
import { orderCreditTakenBack } from "../order-kinds/order-credit.ts";
import { deletionBody, purchaseOrderBody, purchaseOrderTakenBack } from "../order-kinds/purchase-order.ts";
import { beginning, freeReference, type Origin } from "../reference.ts";
import { insertPosting, listLines, type Posting } from "../store.ts";
import { batchPaymentTakenBack } from "./batch-payment.ts";
import { creditNoteTakenBack } from "./credit-note.ts";
import { aimed, type DocumentKind, type TakenBack } from "./kind.ts";
import { paymentTakenBack } from "./payment.ts";

/** Takes a document of ours off again in Xero; it is done once Xero no longer shows it. */
export const removal: DocumentKind = {
  words: "Removal of",
  refusals: [{ cause: "in_use", says: /allocated to it/i }],
  async send(xero, posting, key) {
    await takenBackOf(posting).takeBack(xero, aimed(posting).targetId, key);
    return removed(posting);
  },
  async find(xero, posting) {
    const isThere = await takenBackOf(posting).isThere(xero, posting.targetId ?? "");
    return isThere ? [] : [removed(posting)];
  },
};

function takenBackOf({ body }: Posting): TakenBack {
  const { isBatch, credit, order } = removalBody.parse(body);
  if (credit) return creditNoteTakenBack;
  if (order) return orderTakenBack(order);
  return isBatch ? batchPaymentTakenBack : paymentTakenBack;
}

function orderTakenBack(order: OrderRemoval): TakenBack {
  switch (order.kind) {
    case "invoice":
      return invoiceTakenBack;
    case "order_credit":
      return orderCreditTakenBack;
    case "purchase_order":
      return purchaseOrderTakenBack(order.deletion);
  }
}

/** What is gone leaves its own id, and invoices to look at again. */
function removed({ targetId, reference, body }: Posting): PostedPayment {
  const xeroId = targetId ?? "";
  const lines = removalBody
    .parse(body)
    .invoiceIds.map((invoiceId) => ({ paymentId: xeroId, invoiceId, amountMinor: 0n }));
  return { xeroId, reference, lines };
}

const orderRemoval = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("invoice") }),
  z.strictObject({ kind: z.literal("order_credit") }),
  z.strictObject({ kind: z.literal("purchase_order"), deletion: deletionBody }),
]);
type OrderRemoval = z.infer<typeof orderRemoval>;

/** What a removal frees, as it is kept beside its posting. */
const removalBody = z.strictObject({
  isBatch: z.boolean(),
  /** Both missing: a payment. */
  credit: z.literal("credit_note").optional(),
  order: orderRemoval.optional(),
  invoiceIds: z.array(z.string()),
});

export type Removal = {
  /** One that is in Xero. */
  posting: Posting;
  /** Another document of it than its own: a double that came late. */
  xeroId?: string;
  /** What it is taken off for: the dispute, the break, or itself. */
  sourceId: string;
  /** Where one source takes several off: which of them, from 0. Its posting's own part when it is left out. */
  part?: number;
  origin: Origin;
};

/**
 * Promises that this document will be taken off in Xero: what a payment paid is owed again, and the number of a purchase order
 * is free again. An overpayment can't be (DOC banktransactions, "Deleting spend and receive money transactions"): it is paid
 * out; and a contact stays.
 */
export async function createRemovalPosting(
  tx: Db,
  { posting, xeroId, sourceId, part = posting.part, origin }: Removal,
): Promise<void> {
  const { firmId, connectionId, accountId, currency, date, kind } = posting;
  if (kind === "overpayment") throw new RangeError("Xero takes no overpayment off: it is paid out");
  if (kind === "contact") throw new RangeError("Xero deletes no contact");
  const lines = await listLines(tx, posting.id);
  const reference = await freeReference(tx, `${origin.id} removal`, false);
  const targetId = xeroId ?? posting.xeroId;
  const order = orderRemovalOf(posting, reference);
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, accountId, currency, date, sourceId, part, targetId, reference },
      ...(await beginning(tx, origin)),
      amountMinor: posting.amountMinor ?? sumOf(lines.map((line) => line.amountMinor)),
      kind: "removal",
      body: {
        isBatch: kind === "batch_payment",
        ...(kind === "credit_note" ? { credit: kind } : {}),
        ...(order ? { order } : {}),
        invoiceIds: kind === "invoice" ? [targetId] : lines.map(({ invoiceId }) => invoiceId),
      },
    },
    [],
  );
}

function orderRemovalOf({ kind, body }: Posting, reference: string): OrderRemoval | null {
  if (kind === "invoice" || kind === "order_credit") return { kind };
  if (kind !== "purchase_order") return null;
  const { contactId, date, number } = purchaseOrderBody.parse(body);
  return { kind, deletion: { contactId: contactId ?? "", date, number: `${number} ${reference}` } };
}
