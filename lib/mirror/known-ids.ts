import { and, eq, inArray } from "drizzle-orm";
import { accounts, contacts, creditNotes, invoices, taxRates, xeroPayments } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { CursorKind } from "./sync/cursor-store.ts";

/** The kinds of record whose Xero ids the mirror knows, where they are, and which reading brings them. */
const KINDS = {
  contact: { table: contacts, id: contacts.contactId, cursor: "contacts" },
  invoice: { table: invoices, id: invoices.invoiceId, cursor: "invoices" },
  credit_note: { table: creditNotes, id: creditNotes.creditId, cursor: "credit_notes" },
  payment: { table: xeroPayments, id: xeroPayments.paymentId, cursor: "payments" },
  tax_rate: { table: taxRates, id: taxRates.taxType, cursor: "tax_rates" },
  account: { table: accounts, id: accounts.accountId, cursor: "accounts" },
} as const satisfies Record<string, { table: unknown; id: unknown; cursor: CursorKind }>;

export type MirroredKind = keyof typeof KINDS;

export function isMirrored(kind: string): kind is MirroredKind {
  return Object.hasOwn(KINDS, kind);
}

/** The name under which `syncStates` tells how far this kind has been read. */
export function cursorOf(kind: MirroredKind): CursorKind {
  return KINDS[kind].cursor;
}

/** Which of these ids are records of this kind in these books of the firm: each found id with its connection. */
export async function knownIds(
  db: Db,
  { firmId, connectionIds }: { firmId: string; connectionIds: string[] },
  { kind, ids }: { kind: MirroredKind; ids: string[] },
): Promise<{ id: string; connectionId: string }[]> {
  if (ids.length === 0 || connectionIds.length === 0) return [];
  const { table, id } = KINDS[kind];
  return db
    .select({ id, connectionId: table.connectionId })
    .from(table)
    .where(and(eq(table.firmId, firmId), inArray(table.connectionId, connectionIds), inArray(id, ids)));
}
