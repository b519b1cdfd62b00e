import { z } from "zod";
import type { DocumentKind, TakenBack } from "../kinds/kind.ts";
import { day, discountPercent, documentBody, documentNumber, lineBody } from "./order-body.ts";
import { DOCUMENT_REFUSALS, differences, rowOfOrder, whole } from "./whole.ts";

/** What a purchase order says. Xero finds it by its number alone, so that it always has one (xero-documents 4, 14). */
export const purchaseOrderBody = documentBody.extend({
  // Room for the reference that joins it when it is deleted.
  number: documentNumber.max(230),
  /** Under which it may be in Xero too, written by a desk whose backup this one was restored from. */
  otherNumber: documentNumber.nullable().default(null),
  deliveryDate: day.nullable(),
  lines: z.array(lineBody.extend({ discountPercent })).min(1),
});
export type PurchaseOrderBody = z.infer<typeof purchaseOrderBody>;

/** What an order buys, beside the invoice. */
export const purchaseOrder: DocumentKind = {
  words: "Purchase order",
  refusals: DOCUMENT_REFUSALS,
  ...whole({
    body: purchaseOrderBody,
    rowOf: (posting, body) => ({
      ...rowOfOrder(posting, body),
      number: body.number,
      deliveryDate: body.deliveryDate,
      lines: body.lines.map((line) => ({ ...line, taxAmount: null })),
    }),
    keyOf: ({ reference }) => reference,
    create: (xero) => xero.createPurchaseOrders,
    async find(xero, { number, otherNumber, referenceText }) {
      const found = await xero.findPurchaseOrders(number, referenceText);
      if (found.length > 0 || otherNumber === null) return found;
      return xero.findPurchaseOrders(otherNumber, referenceText);
    },
    // A number is one purchase order's, also a deleted one's (xero-documents 4).
    isTakenOnce: () => true,
  }),
  differences,
};

/** What it takes to delete one (xero-documents 4). `number`: the one that it has afterwards, so that its own is free. */
export const deletionBody = z.strictObject({ contactId: z.string(), date: day, number: z.string() });

/** One that a bill was made of can be deleted too (xero-documents 4). */
export function purchaseOrderTakenBack(said: z.infer<typeof deletionBody>): TakenBack {
  const isThere: TakenBack["isThere"] = async (xero, xeroId) =>
    (await xero.documentStatus({ kind: "purchase_order", xeroId })) !== "DELETED";
  return {
    async takeBack(xero, xeroId, key) {
      if (await isThere(xero, xeroId)) await xero.deletePurchaseOrder({ orderId: xeroId, ...said }, key);
    },
    isThere,
  };
}
