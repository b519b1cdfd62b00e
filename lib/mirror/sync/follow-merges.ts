import type { Db } from "#lib/core/db.ts";
import type { Page, PageQuery, XeroContact } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import type { Books } from "../books.ts";
import {
  contactsWithDocuments,
  type DocumentKind,
  saveCreditNotes,
  saveOverpayments,
  savePrepayments,
} from "../ledger-store.ts";
import { mergedContacts, saveInvoices } from "../store.ts";
import { markUnreadable } from "./unread-store.ts";

type Reader = (at: { db: Db; books: Books; xero: XeroApi }, query: PageQuery) => Promise<number>;

const READERS: Record<DocumentKind, Reader> = {
  invoices: reader("invoices", (xero, query) => xero.invoices(query), saveInvoices),
  credit_notes: reader("credit_notes", (xero, query) => xero.creditNotes(query), saveCreditNotes),
  overpayments: reader("overpayments", (xero, query) => xero.overpayments(query), saveOverpayments),
  prepayments: reader("prepayments", (xero, query) => xero.prepayments(query), savePrepayments),
};

/**
 * Where contacts among these were merged into others: re-reads the documents that they left behind, as whoever has them
 * now. To be called before the contacts are kept: a crash on the way then does it again. Xero doesn't say that such a
 * document changed. Who took them may be merged in turn, and we may hear of that one first: all merges that are known
 * count.
 */
export async function followMerges(
  { db, books, xero }: { db: Db; books: Books; xero: XeroApi },
  rows: XeroContact[],
): Promise<void> {
  const heard = mergesIn(rows);
  if (heard.size === 0) return;
  const merges = new Map([...mergesIn(await mergedContacts(db, books.connectionId)), ...heard]);
  for (const [kind, read] of Object.entries(READERS) as [DocumentKind, Reader][]) {
    const left = await contactsWithDocuments(db, books.connectionId, {
      kind,
      contactIds: [...merges.keys()],
    });
    for (const contactId of new Set(left.map((id) => lastOf(merges, id)))) {
      for (let page = 1, pages = 1; page <= pages; page += 1)
        pages = await read({ db, books, xero }, { page, contactId });
    }
  }
}

type Merged = Pick<XeroContact, "contactId" | "mergedTo">;

const mergesIn = (rows: Merged[]) =>
  new Map(rows.flatMap(({ contactId, mergedTo }) => (mergedTo ? [[contactId, mergedTo] as const] : [])));

/** Who has a contact's documents after all its merges. */
function lastOf(merges: Map<string, string>, contactId: string): string {
  const passed = new Set<string>();
  let at = contactId;
  for (let next = merges.get(at); next && !passed.has(next); next = merges.get(at)) {
    passed.add(next);
    at = next;
  }
  return at;
}

function reader<T>(
  kind: DocumentKind,
  ask: (xero: XeroApi, query: PageQuery) => Promise<Page<T>>,
  keep: (db: Db, books: Books, rows: T[]) => Promise<void>,
): Reader {
  return async ({ db, books, xero }, query) => {
    const { rows, unreadable, pages } = await ask(xero, query);
    await keep(db, books, rows);
    await markUnreadable(db, books, kind, unreadable);
    return pages;
  };
}
