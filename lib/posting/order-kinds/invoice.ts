import { z } from "zod";
import type { DocumentKind, TakenBack } from "../kinds/kind.ts";
import {
  day,
  discountPercent,
  documentBody,
  documentNumber,
  lineBody,
  orderPayment,
  taxAmount,
} from "./order-body.ts";
import { createOrderPayments } from "./order-payments.ts";
import { DOCUMENT_REFUSALS, differences, rowOfOrder, whole } from "./whole.ts";
import { fillInvoice } from "./with-invoice.ts";

/** What an invoice of an order says, as it is kept beside its posting from the first. */
export const invoiceBody = documentBody
  .extend({
    /** Null: Xero gives it its next. */
    number: documentNumber.nullable(),
    dueDate: day,
    /** "Go to …" on the invoice; must not contain "xero" (xero-documents 2.1). */
    url: z
      .url()
      .regex(/^(?!.*xero)/i)
      .nullable(),
    lines: z.array(lineBody.extend({ discountPercent, taxAmount })).min(1),
    /** What was paid with the order: each becomes a payment once the invoice is in Xero. */
    payments: z.array(orderPayment),
  })
  .refine(({ status, payments }) => status === "AUTHORISED" || payments.length === 0, {
    error: "Xero takes no payment on a draft",
  });
export type InvoiceBody = z.infer<typeof invoiceBody>;

/** What an order sells. */
export const invoice: DocumentKind = {
  words: "Invoice of an order",
  refusals: DOCUMENT_REFUSALS,
  ...whole({
    body: invoiceBody,
    rowOf: (posting, body) => {
      const { number, dueDate, url, lines } = body;
      return { ...rowOfOrder(posting, body), number, dueDate, url, lines };
    },
    keyOf: ({ reference }) => reference,
    create: (xero) => xero.createInvoices,
    find: (xero, { referenceText }) => xero.findInvoices(referenceText),
    // Xero refuses a second sale of one number (xero-documents 2.1); one that it numbers itself it would write again.
    isTakenOnce: ({ number }) => number !== null,
  }),
  differences,
  async follow(tx, posting, { xeroId }) {
    await fillInvoice(tx, posting, xeroId);
    await createOrderPayments(tx, posting, {
      invoiceId: xeroId,
      payments: invoiceBody.parse(posting.body).payments,
    });
  },
};

/** A draft is deleted, and what is approved is voided (xero-documents 2.4). */
export const invoiceTakenBack: TakenBack = {
  async takeBack(xero, xeroId, key) {
    const status = await xero.documentStatus({ kind: "invoice", xeroId });
    const end = endOf(status);
    if (end) await xero.endInvoice(xeroId, end, key);
  },
  isThere: async (xero, xeroId) => endOf(await xero.documentStatus({ kind: "invoice", xeroId })) !== null,
};

/** How an invoice or credit note of this status ends; null for one that has. */
export function endOf(status: string): "VOIDED" | "DELETED" | null {
  if (status === "VOIDED" || status === "DELETED") return null;
  return status === "DRAFT" || status === "SUBMITTED" ? "DELETED" : "VOIDED";
}
