import { and, eq, inArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, LOOK_FIRST, type Origin } from "../reference.ts";
import { insertPosting, type Posting } from "../store.ts";

/** What goes with an invoice of an order, after it. */
const KINDS = ["attachment", "invoice_email"] as const;

/** What staff have entered by hand the desk knows no id of. */
export const INVOICE_BY_HAND =
  "Its invoice was entered in Xero by hand: what goes with it is a person's too.";

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
      ...(invoice.state === "by_hand" ? { state: "by_hand" as const, message: INVOICE_BY_HAND } : {}),
    },
    [],
  );
}

/**
 * The invoice is in Xero: what goes with it may go. Call it in the transaction that says so. With an invoice that was looked for it
 * may have gone in a former life of this database, and is looked for too.
 */
export async function fillInvoice(tx: Db, { id, sends }: Posting, invoiceId: string): Promise<void> {
  await tx
    .update(postings)
    .set({
      body: sql`jsonb_set(${postings.body}, '{invoiceId}', to_jsonb(${invoiceId}::text))`,
      dueAt: sql`now()`,
      message: null,
      ...(sends > 0 ? LOOK_FIRST : {}),
    })
    .where(
      and(
        eq(postings.afterId, id),
        inArray(postings.kind, [...KINDS]),
        inArray(postings.state, ["ready", "unknown"]),
      ),
    );
}

/** The invoices of these sources are not wanted as they are any more: what has not gone with them by now need not. `why`: for staff. */
export async function endWithInvoices(tx: Db, sourceIds: string[], why: string): Promise<void> {
  await tx
    .update(postings)
    .set({ state: "by_hand", message: why })
    .where(
      and(
        inArray(postings.kind, [...KINDS]),
        inArray(postings.afterId, invoicesOf(tx, sourceIds)),
        inArray(postings.state, ["ready", "unknown", "refused"]),
      ),
    );
}

/** The invoices of these sources were never sent and are promised no more, nor is what would have gone with them. */
export async function withdrawWithInvoices(tx: Db, sourceIds: string[]): Promise<void> {
  await tx
    .delete(postings)
    .where(and(inArray(postings.kind, [...KINDS]), inArray(postings.afterId, invoicesOf(tx, sourceIds))));
}

const invoicesOf = (tx: Db, sourceIds: string[]) =>
  tx
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.kind, "invoice"), inArray(postings.sourceId, sourceIds)));
