import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import type { Asked } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import type { Books } from "../books.ts";
import { saveCreditNotes, saveOverpayments, savePayments, savePrepayments } from "../ledger-store.ts";
import type { CursorKind } from "./cursor-store.ts";
import { type Refresh, refresher } from "./refresh.ts";
import { refreshContacts } from "./refresh-contacts.ts";
import { refreshInvoices } from "./refresh-invoices.ts";
import { listDueUnread, putOff } from "./unread-store.ts";

/** Xero gives one of these by its id alone. */
const one =
  <T>(ask: (xero: XeroApi, id: string) => Promise<Asked<T>>) =>
  (xero: XeroApi, [id = ""]: string[]) =>
    ask(xero, id);

const creditId = (row: { creditId: string }) => row.creditId;

/** By kind; kinds that are always read whole mend themselves with their next turn. */
const REFRESH: Partial<Record<CursorKind, Refresh<unknown>>> = {
  invoices: refreshInvoices,
  contacts: refreshContacts,
  credit_notes: refresher({
    kind: "credit_notes",
    ask: one((xero, id) => xero.creditNoteById(id)),
    idOf: creditId,
    save: saveCreditNotes,
  }),
  overpayments: refresher({
    kind: "overpayments",
    ask: one((xero, id) => xero.overpaymentById(id)),
    idOf: creditId,
    save: saveOverpayments,
  }),
  prepayments: refresher({
    kind: "prepayments",
    ask: one((xero, id) => xero.prepaymentById(id)),
    idOf: creditId,
    save: savePrepayments,
  }),
  payments: refresher({
    kind: "payments",
    ask: one((xero, id) => xero.paymentById(id)),
    idOf: ({ paymentId }) => paymentId,
    save: savePayments,
  }),
};

/** Of each connection at a time: what can't be read is rare, and a call costs. */
const AT_A_TIME = 20;

/**
 * Asks by its id for what could not be read, once its time has come; while it still can't be, less and less often. Throws
 * XeroFault.
 */
export async function readAgain(db: Db, books: Books): Promise<void> {
  const due = await listDueUnread(db, books.connectionId, AT_A_TIME);
  for (const [kind, rows] of Map.groupBy(due, (row) => row.kind)) {
    const ids = rows.map(({ xeroId }) => xeroId);
    // Before it is asked for: whatever becomes of it, its turn is over.
    await putOff(db, books.connectionId, { kind, ids });
    const together = kind === "invoices" || kind === "contacts" ? [ids] : ids.map((id) => [id]);
    for (const some of together) await again(db, books, { kind, ids: some });
  }
}

async function again(db: Db, books: Books, { kind, ids }: { kind: CursorKind; ids: string[] }) {
  try {
    await REFRESH[kind]?.(db, books, { ids, purpose: "sync" });
  } catch (error) {
    // Xero does not know it now: that says no more of it than we knew.
    if (!(error instanceof XeroFault && error.fault.kind === "not_found")) throw error;
    log.warn({ connectionId: books.connectionId, kind, ids }, "mirror.unread-not-known");
  }
}
