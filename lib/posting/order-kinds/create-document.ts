import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { beginning, type Origin } from "../reference.ts";
import { insertPosting } from "../store.ts";
import { contactMadeBy } from "./after-contact.ts";
import { type ContactBody, contactBody } from "./contact.ts";
import { type InvoiceBody, invoiceBody } from "./invoice.ts";
import { type OrderCreditBody, orderCreditBody } from "./order-credit.ts";
import { type PurchaseOrderBody, purchaseOrderBody } from "./purchase-order.ts";

/** What a document of an order says, by its kind. */
export type Said =
  | { kind: "invoice"; body: InvoiceBody }
  | { kind: "purchase_order"; body: PurchaseOrderBody }
  | { kind: "order_credit"; body: OrderCreditBody }
  | { kind: "contact"; body: ContactBody };

export type DocumentToPost = Said & {
  firmId: string;
  connectionId: string;
  /** The order's document, or the person who bought. */
  sourceId: string;
  /** From `freeReference`: a contact's number, and a part of any other's Reference. */
  reference: string;
  origin: Origin;
  currency: string;
  /** The day of the order, where the organisation is. */
  date: string;
  /** What it comes to, in hundredths; 0 of a contact. */
  amountMinor: bigint;
  /** The posting that makes its contact; null where Xero has the contact. */
  afterId: string | null;
};

/**
 * Promises that a document of an order will be in Xero once, as its body says, and returns the posting's id. Call it in the
 * transaction that makes the need for it. What goes after a contact waits until that is in Xero. Throws RangeError for a body
 * that Xero could not be asked for, or by which it could not be found again.
 */
export async function createDocumentPosting(
  tx: Db,
  { origin, afterId, ...given }: DocumentToPost,
): Promise<string> {
  const body = checked(given);
  const contactId = "contactId" in body ? body.contactId : "";
  if ((contactId === null) !== (afterId !== null))
    throw new RangeError("A document names its contact, or goes after the posting that makes it");
  const made = afterId === null ? contactId : await contactMadeBy(tx, afterId);
  return insertPosting(
    tx,
    {
      ...given,
      ...(await beginning(tx, origin)),
      afterId,
      accountId: "",
      body: "contactId" in body ? { ...body, contactId: made } : body,
      message: made === null ? "Waiting for its contact to be in Xero." : null,
    },
    [],
  );
}

function checked(given: Said & { reference: string }): Said["body"] {
  const body = parsed(given);
  const isFound =
    "contactNumber" in body
      ? body.contactNumber === given.reference
      : body.referenceText.includes(given.reference);
  if (!isFound) throw new RangeError("What Xero is told does not hold the posting's reference");
  return body;
}

function parsed({ kind, body }: Said): Said["body"] {
  const { success, data, error } = SCHEMAS[kind].safeParse(body);
  if (!success) throw new RangeError(`Xero could not be asked for it: ${z.prettifyError(error)}`);
  return data;
}

const SCHEMAS = {
  invoice: invoiceBody,
  purchase_order: purchaseOrderBody,
  order_credit: orderCreditBody,
  contact: contactBody,
};
