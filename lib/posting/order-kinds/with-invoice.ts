import { and, eq, inArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, type Origin } from "../reference.ts";
import { insertPosting } from "../store.ts";

/** What goes with an invoice of an order, after it. */
const KINDS = ["attachment", "invoice_email"] as const;

export type WithInvoice = {
  kind: (typeof KINDS)[number];
  sourceId: string;
  /** Which of its source's it is, from 0. */
  part: number;
  origin: Origin;
  /** What it says beside the invoice's id. */
  body: object;
};

/**
 * Promises that this will go with an order's invoice, once the invoice is in Xero. `invoiceSourceId`: the order's document that
 * the invoice is of. Call it in the transaction that makes the need for it. Throws RangeError where there is no such invoice.
 */
export async function createWithInvoice(
  tx: Db,
  invoiceSourceId: string,
  { origin, body, ...given }: WithInvoice,
): Promise<void> {
  const [invoice] = await tx
    .select()
    .from(postings)
    .where(and(eq(postings.kind, "invoice"), eq(postings.sourceId, invoiceSourceId)))
    .for("share");
  if (!invoice) throw new RangeError("There is no invoice that it could go with");
  const { id: afterId, firmId, connectionId, date, reference, xeroId: invoiceId } = invoice;
  await insertPosting(
    tx,
    {
      ...{ ...given, firmId, connectionId, date, afterId, accountId: "", currency: "", amountMinor: 0n },
      ...(await beginning(tx, origin)),
      body: { ...body, invoiceId },
      reference: await freeReference(tx, `${reference} ${given.kind} ${origin.id}`, false),
      message: invoiceId === null ? "Waiting for its invoice to be in Xero." : null,
    },
    [],
  );
}

/** The invoice is in Xero: what goes with it may go. Call it in the transaction that says so. */
export async function fillInvoice(tx: Db, invoicePostingId: string, invoiceId: string): Promise<void> {
  await tx
    .update(postings)
    .set({
      body: sql`jsonb_set(${postings.body}, '{invoiceId}', to_jsonb(${invoiceId}::text))`,
      dueAt: sql`now()`,
      message: null,
    })
    .where(and(eq(postings.afterId, invoicePostingId), inArray(postings.kind, [...KINDS])));
}

/** The invoice is not wanted any more: what has not gone with it by now need not. */
export async function endWithInvoice(tx: Db, invoicePostingId: string): Promise<void> {
  await tx
    .update(postings)
    .set({ state: "by_hand", message: "Its invoice was taken back before." })
    .where(
      and(
        eq(postings.afterId, invoicePostingId),
        inArray(postings.kind, [...KINDS]),
        inArray(postings.state, ["ready", "unknown", "refused"]),
      ),
    );
}

/** The invoices of these sources were never sent and are promised no more, nor is what would have gone with them. */
export async function withdrawWithInvoices(tx: Db, sourceIds: string[]): Promise<void> {
  const invoices = tx
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.kind, "invoice"), inArray(postings.sourceId, sourceIds)));
  await tx
    .delete(postings)
    .where(and(inArray(postings.kind, [...KINDS]), inArray(postings.afterId, invoices)));
}
