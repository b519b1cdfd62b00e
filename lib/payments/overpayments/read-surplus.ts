import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import { surpluses } from "#db/schema/payments.ts";
import { refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { findByIds, listOutstanding, type MirroredInvoice } from "#lib/mirror/read.ts";
import { listUnreflected } from "#lib/posting/read.ts";
import { listOpenHolds } from "../open-holds.ts";
import { capturesOfSources } from "./surplus-store.ts";

export type SurplusRow = {
  surplusId: string;
  captureId: string;
  amountMinor: bigint;
  /** The number of the invoice that did not take it, and of the one that did; null: none. */
  from: string;
  to: string | null;
  toInvoiceId: string | null;
};

const shown = {
  surplusId: surpluses.id,
  captureId: surpluses.captureId,
  amountMinor: surpluses.amountMinor,
  from: surpluses.fromNumber,
  to: surpluses.toNumber,
  toInvoiceId: surpluses.toInvoiceId,
};

/** For the letter to whoever paid. */
export async function findSurpluses(db: Db, ids: string[]): Promise<SurplusRow[]> {
  return read(db, inArray(surpluses.id, ids));
}

/** For the receipt of whoever made this payment. */
export async function surplusesOf(db: Db, captureId: string): Promise<SurplusRow[]> {
  return read(db, eq(surpluses.captureId, captureId));
}

function read(db: Db, which: SQL): Promise<SurplusRow[]> {
  return db.select(shown).from(surpluses).where(which).orderBy(asc(surpluses.createdAt), asc(surpluses.id));
}

/** What was more than owed and has gone back, one sum a refund: for the receipt of whoever made this payment. */
export async function surplusesRefunded(db: Db, captureId: string): Promise<bigint[]> {
  const rows = await db
    .select({ amountMinor: refunds.amountMinor })
    .from(refunds)
    .where(and(eq(refunds.captureId, captureId), eq(refunds.state, "succeeded"), refunds.ofSurplus))
    .orderBy(asc(refunds.createdAt));
  return rows.map(({ amountMinor }) => amountMinor);
}

/** The payments that these refused postings tell of, by the posting's source. Throws `forbidden` to who may not see. */
export async function paymentsOfSources(
  db: Db,
  firm: FirmContext,
  sourceIds: string[],
): Promise<Map<string, string>> {
  requireAbility(firm, "see");
  return capturesOfSources(db, sourceIds);
}

export type OtherInvoice = { invoiceId: string; number: string; dueMinor: bigint };

/** What the clients of these invoices owe. Most postings have one client; of one moved since, there are two. */
export async function outstandingOf(
  db: Db,
  {
    connectionId,
    currency,
    invoices,
  }: { connectionId: string; currency: string; invoices: MirroredInvoice[] },
): Promise<MirroredInvoice[]> {
  const contactIds = [...new Set(invoices.map(({ contactId }) => contactId))];
  const open = await Promise.all(
    contactIds.map((contactId) => listOutstanding(db, { connectionId, contactId, currency })),
  );
  return open.flat();
}

/**
 * The other invoices of the same client in this currency that nobody is paying, the oldest due first: where a refused
 * payment of `invoiceIds` may be put. Throws `forbidden` to who may not see.
 */
export async function otherInvoices(
  db: Db,
  firm: FirmContext,
  { connectionId, currency, invoiceIds }: { connectionId: string; currency: string; invoiceIds: string[] },
): Promise<OtherInvoice[]> {
  requireAbility(firm, "see");
  const own = await findByIds(db, connectionId, invoiceIds);
  const open = await outstandingOf(db, { connectionId, currency, invoices: own });
  const ids = open.map(({ invoiceId }) => invoiceId);
  const [held, sent] = await Promise.all([
    listOpenHolds(db, connectionId, ids),
    listUnreflected(db, connectionId, ids),
  ]);
  const busy = new Set([...invoiceIds, ...[...held, ...sent].map(({ invoiceId }) => invoiceId)]);
  return open
    .filter(({ invoiceId }) => !busy.has(invoiceId))
    .map(({ invoiceId, number, dueMinor }) => ({ invoiceId, number: number ?? "", dueMinor }));
}
