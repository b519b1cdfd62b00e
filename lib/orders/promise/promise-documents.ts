import { and, eq, inArray, sql } from "drizzle-orm";
import { orderContacts, orderDocuments, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { findContacts } from "#lib/mirror/find-contacts.ts";
import { createDocumentPosting, type Said } from "#lib/posting/order-kinds/create-document.ts";
import { createWithInvoice } from "#lib/posting/order-kinds/with-invoice.ts";
import { contactPosting } from "#lib/posting/read-documents.ts";
import { freeReference } from "#lib/posting/reference.ts";
import { otherNumber } from "../accept/in-its-place.ts";
import type { Amounts } from "../plan/amount-rules.ts";
import { payLinkOf } from "../plan/pay-link.ts";
import type { Party, Plan, PlannedLine } from "../plan/plan.ts";
import { filesOf, promiseAttachments } from "./promise-attachments.ts";

export type OrderToWrite = {
  id: string;
  firmId: string;
  connectionId: string;
  source: string;
  number: string;
  revision: number;
  /** What people see beside the number. */
  shownAs: string | null;
  receivedAt: Date;
};

type Kind = (typeof orderDocuments.$inferSelect)["kind"];

/**
 * What a document's reference is made of: the order's own names, so that a restored desk that hears of the order anew finds what
 * the lost one wrote.
 */
export function seedOf(
  connectionId: string,
  { source, number, revision, kind }: { source: string; number: string; revision: number; kind: Kind },
): string {
  return `${connectionId} ${source} ${number} ${kind}${revision > 0 ? ` r${revision}` : ""}`;
}

/**
 * Promises an order's documents to Xero, once and for ever: call it in the transaction that keeps the order, or that takes it off
 * hold. Its invoice waits for its contact where that has to be made first.
 */
export async function promiseDocuments(tx: Db, order: OrderToWrite, plan: Plan): Promise<void> {
  const { invoice, purchaseOrder, currency } = plan;
  const buyer = await contactFor(tx, order, plan.buyer);
  const invoiceId = await promise(tx, order, {
    kind: "invoice",
    currency,
    totalMinor: invoice.totals.totalMinor,
    date: invoice.date,
    afterId: buyer.afterId,
    say: (referenceText) => ({
      kind: "invoice",
      body: {
        ...{ contactId: buyer.contactId, number: invoice.number, referenceText, date: invoice.date },
        ...{ dueDate: invoice.dueDate, status: invoice.status, amounts: AMOUNTS[invoice.amounts] },
        url: payLinkOf(plan),
        lines: invoice.lines.map((line) => ({ ...lineBody(line, invoice.amounts), taxAmount: null })),
        payments: invoice.payments.map(({ amountMinor, ...payment }) => ({
          ...payment,
          amountMinor: String(amountMinor),
        })),
      },
    }),
  });
  await promiseAttachments(tx, { id: invoiceId, revision: order.revision }, await filesOf(tx, order.id));
  if (invoice.sendEmail) {
    const origin = { id: `${order.source} ${order.number}`, at: order.receivedAt };
    await createWithInvoice(tx, invoiceId, {
      ...{ kind: "invoice_email", sourceId: invoiceId, part: 0, origin, body: {} },
    });
  }
  if (purchaseOrder) {
    const supplier = await contactFor(tx, order, purchaseOrder.supplier);
    await promise(tx, order, {
      kind: "purchase_order",
      currency,
      totalMinor: purchaseOrder.totals.totalMinor,
      date: purchaseOrder.date,
      afterId: supplier.afterId,
      say: (referenceText) => ({
        kind: "purchase_order",
        body: {
          ...{
            contactId: supplier.contactId,
            number: purchaseOrder.number,
            otherNumber: otherNumber(purchaseOrder.number, order.revision),
            referenceText,
            date: purchaseOrder.date,
          },
          ...{ deliveryDate: null, status: invoice.status, amounts: AMOUNTS.exclusive },
          lines: purchaseOrder.lines.map((line) => lineBody(line, "exclusive")),
        },
      }),
    });
  }
  await tx
    .update(orders)
    .set({ faults: null, promisedAt: sql`now()`, changedAt: sql`now()` })
    .where(eq(orders.id, order.id));
}

const AMOUNTS = { exclusive: "Exclusive", inclusive: "Inclusive", none: "NoTax" } as const satisfies Record<
  Amounts,
  string
>;

function lineBody({ lineMinor: _, taxMinor: __, taxType, ...line }: PlannedLine, amounts: Amounts) {
  return { ...line, taxType: amounts === "none" ? null : taxType };
}

type Promised = {
  kind: Kind;
  currency: string;
  totalMinor: bigint;
  date: string;
  afterId: string | null;
  say: (referenceText: string) => Said;
};

async function promise(
  tx: Db,
  order: OrderToWrite,
  { kind, currency, totalMinor, date, afterId, say }: Promised,
): Promise<string> {
  const { id: orderId, firmId, connectionId, revision } = order;
  const [document] = await tx
    .insert(orderDocuments)
    .values({ orderId, firmId, connectionId, kind, revision, currency, totalMinor })
    .returning({ id: orderDocuments.id });
  if (!document) throw new Error("An order's document was not written");
  const seed = seedOf(connectionId, { ...order, kind });
  const reference = await freeReference(tx, seed, false);
  const said = say(`${(order.shownAs ?? order.number).slice(0, 200)} ${reference}`);
  const hasNumber = "number" in said.body && said.body.number !== null;
  await createDocumentPosting(tx, {
    ...said,
    ...{ firmId, connectionId, reference, currency, date, afterId },
    sourceId: document.id,
    amountMinor: totalMinor,
    // Xero refuses a second document of one number. One that it numbers may be there already, written by the desk whose
    // backup this one was restored from, and one of an order that was changed under another number: an order's age tells
    // nothing of that, since its sender may send it anew.
    origin: { id: seed, at: hasNumber && revision === 0 ? order.receivedAt : new Date(0) },
  });
  return document.id;
}

/**
 * Keeps these new persons and locks them until the transaction ends, with what makes their contacts, always in one order and before
 * any order of theirs: two batches that name the same ones wait for each other, never both, and so does the worker that makes one.
 */
export async function lockPersons(
  tx: Db,
  { firmId, connectionId }: { firmId: string; connectionId: string },
  parties: Party[],
): Promise<void> {
  const persons = new Map(parties.flatMap((one) => (one.kind === "new" ? [[one.key, one] as const] : [])));
  const keys = [...persons.keys()].sort();
  if (keys.length === 0) return;
  const rows = keys.flatMap((key) => persons.get(key) ?? []);
  await tx
    .insert(orderContacts)
    .values(rows.map(({ key, name, email }) => ({ firmId, connectionId, key, name, email })))
    .onConflictDoNothing();
  const locked = await tx
    .select({ id: orderContacts.id })
    .from(orderContacts)
    .where(and(eq(orderContacts.connectionId, connectionId), inArray(orderContacts.key, keys)))
    .orderBy(orderContacts.key)
    .for("update");
  for (const { id } of locked) await contactPosting(tx, id);
}

/** Whom a plan is for, and whom it buys from. */
export function partiesOf({ buyer, purchaseOrder }: Plan): Party[] {
  return [buyer, ...(purchaseOrder ? [purchaseOrder.supplier] : [])];
}

type ContactFor = { contactId: string | null; afterId: string | null };

/** The contact itself, or the posting that makes it, which several orders of one person share. */
async function contactFor(tx: Db, { firmId, connectionId }: OrderToWrite, party: Party): Promise<ContactFor> {
  if (party.kind === "contact") return { contactId: party.contactId, afterId: null };
  const { key, name, email } = party;
  await tx.insert(orderContacts).values({ firmId, connectionId, key, name, email }).onConflictDoNothing();
  const [kept] = await tx
    .select({ id: orderContacts.id, contactId: orderContacts.contactId, createdAt: orderContacts.createdAt })
    .from(orderContacts)
    .where(and(eq(orderContacts.connectionId, connectionId), eq(orderContacts.key, key)))
    .for("update");
  if (!kept) throw new Error("An order's contact was not kept");
  if (kept.contactId) return { contactId: kept.contactId, afterId: null };
  const made = await contactPosting(tx, kept.id);
  if (made?.contactId) {
    // Staff may have merged it with another in Xero since it was made.
    const now = (await findContacts(tx, connectionId, [made.contactId])).get(made.contactId);
    return { contactId: now?.contactId ?? made.contactId, afterId: null };
  }
  if (made) return { contactId: null, afterId: made.postingId };
  const seed = `${connectionId} contact ${key}`;
  const reference = await freeReference(tx, seed, false);
  const postingId = await createDocumentPosting(tx, {
    ...{ kind: "contact", firmId, connectionId, sourceId: kept.id, reference, afterId: null },
    ...{ currency: "", date: kept.createdAt.toISOString().slice(0, 10), amountMinor: 0n },
    origin: { id: seed, at: kept.createdAt },
    body: { name, email, contactNumber: reference },
  });
  return { contactId: null, afterId: postingId };
}
