/** Test only: documents of orders, as the room of orders promises them, and what Xero has of them. */
import { randomUUID } from "node:crypto";
import type { Db } from "#lib/core/db.ts";
import { createDocumentPosting } from "#lib/posting/order-kinds/create-document.ts";
import type { InvoiceBody } from "#lib/posting/order-kinds/invoice.ts";
import type { PurchaseOrderBody } from "#lib/posting/order-kinds/purchase-order.ts";
import { freeReference } from "#lib/posting/reference.ts";
import type { Desk } from "../desk.ts";

/** Minor units are numbers here, as the control API sends them. */
export type TrueDocument = {
  id: string;
  type?: string;
  number: string;
  reference: string;
  status: string;
  total: number;
  contactId: string;
  lines: { tracking?: { optionId: string }[]; unitAmount: number; taxType?: string }[];
};
export type TrueContact = {
  id: string;
  name: string;
  email?: string;
  contactNumber?: string;
  status: string;
};

type Kind = "invoices" | "credit-notes" | "purchase-orders";

/** All that Xero has of a kind under this Reference, gone or not. */
export async function documentsInXero(
  { simulator, tenantId }: Desk,
  kind: Kind,
  reference: string,
): Promise<TrueDocument[]> {
  const answer = await simulator.control<Record<string, TrueDocument[]>>(
    "GET",
    `/control/xero/${kind}?tenantId=${tenantId}`,
  );
  const [documents = []] = Object.values(answer).filter(Array.isArray);
  return documents.filter((one) => one.reference === reference);
}

export async function contactsInXero({ simulator, tenantId }: Desk): Promise<TrueContact[]> {
  const { contacts } = await simulator.control<{ contacts: TrueContact[] }>(
    "GET",
    `/control/xero/contacts?tenantId=${tenantId}`,
  );
  return contacts;
}

const today = () => new Date().toISOString().slice(0, 10);

/** One line of 3 × 12.3456, tax on top: 37.04 and 3.70. */
export const LINE = {
  description: "Chairs",
  quantity: "3",
  unitPrice: "12.3456",
  accountCode: "200",
  taxType: "OUTPUT",
  itemCode: null,
  tracking: [],
};
export const LINE_MINOR = 4_074n;

/** What was promised: the posting, and what its Reference says in Xero. */
export type Promised = { postingId: string; reference: string; referenceText: string; sourceId: string };

/** Promises a document with one line of `LINE`. */
export async function promise(
  db: Db,
  desk: Desk,
  contactId: string | null,
  said:
    | { kind: "invoice"; over?: Partial<InvoiceBody>; amountMinor?: bigint }
    | { kind: "order_credit"; number?: string }
    | { kind: "purchase_order"; number: string; over?: Partial<PurchaseOrderBody> },
  afterId: string | null = null,
): Promise<Promised> {
  return db.transaction(async (tx) => {
    const origin = { id: randomUUID(), at: new Date() };
    const reference = await freeReference(tx, `${origin.id} ${said.kind}`, false);
    const referenceText = `Web "order" 7 & co ${reference}`;
    const shared = {
      ...desk.books,
      ...{ sourceId: origin.id, reference, origin, currency: "AUD", date: today(), afterId },
    };
    const body = {
      ...{ contactId, referenceText, date: today() },
      ...({ status: "AUTHORISED", amounts: "Exclusive" } as const),
    };
    const promised = { reference, referenceText, sourceId: origin.id };
    switch (said.kind) {
      case "invoice": {
        const amountMinor = said.amountMinor ?? LINE_MINOR;
        const line = { ...LINE, discountPercent: null, taxAmount: null };
        const invoice = {
          ...{ ...body, number: null, dueDate: today(), url: null, lines: [line], payments: [] },
          ...said.over,
        };
        const posting = { ...shared, amountMinor, kind: said.kind, body: invoice };
        return { ...promised, postingId: await createDocumentPosting(tx, posting) };
      }
      case "order_credit": {
        const lines = [{ ...LINE, taxAmount: null }];
        const credit = { ...body, number: said.number ?? null, lines, allocate: null, payments: [] };
        const posting = { ...shared, amountMinor: LINE_MINOR, kind: said.kind, body: credit };
        return { ...promised, postingId: await createDocumentPosting(tx, posting) };
      }
      case "purchase_order": {
        const lines = [{ ...LINE, accountCode: "310", taxType: "INPUT", discountPercent: null }];
        const order = {
          ...body,
          number: said.number,
          deliveryDate: null,
          otherNumber: null,
          lines,
          ...said.over,
        };
        const posting = { ...shared, amountMinor: LINE_MINOR, kind: said.kind, body: order };
        return { ...promised, postingId: await createDocumentPosting(tx, posting) };
      }
    }
  });
}

/** Promises a new contact. */
export async function promiseContact(db: Db, desk: Desk, name: string): Promise<Promised> {
  return db.transaction(async (tx) => {
    const origin = { id: randomUUID(), at: new Date() };
    const reference = await freeReference(tx, `${origin.id} contact`, false);
    const postingId = await createDocumentPosting(tx, {
      ...desk.books,
      ...{ kind: "contact", sourceId: origin.id, reference, origin },
      ...{ currency: "AUD", date: today(), amountMinor: 0n, afterId: null },
      body: { name, email: "buyer@example.com", contactNumber: reference },
    });
    return { postingId, reference, referenceText: reference, sourceId: origin.id };
  });
}
