import { z } from "zod";
import type { DocumentKind, TakenBack } from "../kinds/kind.ts";
import { createAllocation } from "./allocation.ts";
import { endOf } from "./invoice.ts";
import { documentBody, documentNumber, lineBody, orderPayment, taxAmount } from "./order-body.ts";
import { createOrderRefunds } from "./order-payments.ts";
import { DOCUMENT_REFUSALS, differences, rowOfOrder, whole } from "./whole.ts";

/** What the credit note of an order says. Its lines know no discount (xero-documents 3). */
export const orderCreditBody = documentBody.extend({
  /** Null: Xero gives it its next. */
  number: documentNumber.nullable(),
  lines: z.array(lineBody.extend({ taxAmount })).min(1),
  /** What of it is set against the invoice that it corrects; null: nothing, it stays with the contact. */
  allocate: z
    .strictObject({ invoiceId: z.string().min(1), amountMinor: z.string().regex(/^[1-9]\d*$/) })
    .nullable(),
  /** What was paid back with it. */
  payments: z.array(orderPayment),
});
export type OrderCreditBody = z.infer<typeof orderCreditBody>;

/** What an order takes back. */
export const orderCredit: DocumentKind = {
  words: "Credit note of an order",
  refusals: DOCUMENT_REFUSALS,
  ...whole({
    body: orderCreditBody,
    rowOf: (posting, body) => ({
      ...rowOfOrder(posting, body),
      number: body.number,
      lines: body.lines.map((line) => ({ ...line, discountPercent: null })),
    }),
    keyOf: ({ reference }) => reference,
    create: (xero) => xero.createOrderCredits,
    find: (xero, { referenceText }) => xero.findOrderCredits(referenceText),
    // Xero refuses a second credit note of one number (xero-documents 3); one that it numbers itself it would write again.
    isTakenOnce: ({ number }) => number !== null,
  }),
  differences,
  async follow(tx, posting, { xeroId: creditNoteId }) {
    const { allocate, payments } = orderCreditBody.parse(posting.body);
    if (allocate) {
      const { invoiceId, amountMinor } = allocate;
      await createAllocation(tx, posting, { creditNoteId, invoiceId, amountMinor: BigInt(amountMinor) });
    }
    await createOrderRefunds(tx, posting, { creditNoteId, payments });
  },
};

export const orderCreditTakenBack: TakenBack = {
  async takeBack(xero, xeroId, key) {
    const end = endOf(await xero.documentStatus({ kind: "credit_note", xeroId }));
    if (end) await xero.endCreditNote(xeroId, end, key);
  },
  isThere: async (xero, xeroId) => endOf(await xero.documentStatus({ kind: "credit_note", xeroId })) !== null,
};
