/** Test only: what is true in the simulated Xero of what an order becomes, and whether our database says the same. */
import { eq } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Desk } from "../desk.ts";
import { contactsInXero, documentsInXero } from "../orders/order-documents.ts";

/** Every way in which the document of an order, or the contact, is not in Xero exactly once, as sentences. */
export async function breaksOfOrder(desk: Desk, reference: string): Promise<string[]> {
  const [posting] = await desk.db.select().from(postings).where(eq(postings.reference, reference));
  if (!posting) return [`${reference} is no posting`];
  const standing = await idsInXero(desk, posting);
  return [
    ...(posting.state === "done" ? [] : [`${reference} is ${posting.state}`]),
    ...(standing.length === 1 && standing[0] === posting.xeroId
      ? []
      : [`${reference} is ${standing.length} ${posting.kind} in Xero, ours is ${posting.xeroId}`]),
  ];
}

const BOOKS = {
  invoice: "invoices",
  order_credit: "credit-notes",
  purchase_order: "purchase-orders",
} as const;

/** What stands there of it. */
async function idsInXero(desk: Desk, { kind, reference, body }: typeof postings.$inferSelect) {
  if (kind === "contact") {
    const all = await contactsInXero(desk);
    return all.filter(({ contactNumber }) => contactNumber === reference).map(({ id }) => id);
  }
  if (!(kind in BOOKS)) throw new RangeError(`${kind} is of no order`);
  const { referenceText } = body as { referenceText: string };
  const found = await documentsInXero(desk, BOOKS[kind as keyof typeof BOOKS], referenceText);
  return found.filter(({ status }) => status !== "VOIDED" && status !== "DELETED").map(({ id }) => id);
}
