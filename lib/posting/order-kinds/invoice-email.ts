import { z } from "zod";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import type { DocumentKind, Posted } from "../kinds/kind.ts";
import type { Posting } from "../store.ts";

const emailBody = z.strictObject({ invoiceId: z.string() });
const invoiceOf = ({ body }: Posting): string => emailBody.parse(body).invoiceId;

/** The e-mail by which Xero sends an order's invoice to its contact. It has no id of its own: the invoice's stands for it. */
export const invoiceEmail: DocumentKind = {
  words: "E-mail of the invoice of an order",
  // Xero's words are not attested: to no address, over the day's limit, in a demo company (xero-documents 2.1).
  refusals: [{ cause: "invoice_email", says: /^/ }],
  async send(xero, posting, key) {
    const invoiceId = invoiceOf(posting);
    await xero.emailInvoice(invoiceId, key);
    return sent(posting, invoiceId);
  },
  async find(xero: XeroApi, posting) {
    const invoiceId = invoiceOf(posting);
    return (await xero.isInvoiceSent(invoiceId)) ? [sent(posting, invoiceId)] : [];
  },
};

const sent = ({ reference }: Posting, invoiceId: string): Posted => ({
  xeroId: invoiceId,
  reference,
  lines: [],
});
