import type { Db } from "#lib/core/db.ts";
import type { Listed, Page, PageQuery } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import type { Books } from "./books.ts";
import {
  replaceAccounts,
  replaceBrandingThemes,
  replaceCurrencies,
  replaceItems,
  replaceOrganisation,
  replaceTaxRates,
  replaceTrackingCategories,
  saveCreditNotes,
  saveOverpayments,
  savePayments,
  savePrepayments,
} from "./ledger-store.ts";
import { newestSince, saveContacts, saveInvoices } from "./store.ts";
import type { CursorKind } from "./sync/cursor-store.ts";
import { followMerges } from "./sync/follow-merges.ts";
import { markUnreadable, replaceUnreadable } from "./sync/unread-store.ts";

/** Which page of what changed after `since`; of everything without it. */
export type Position = Pick<PageQuery, "page"> & { since?: Date | undefined };

/** A page that was read, and how to keep it. `newest` is its latest change. */
export type Read = { pages: number; rows: number; newest: Date | undefined; save(tx: Db): Promise<void> };

type Mirrored = {
  /** How often it is asked for when no webhook says so: one call when nothing changed. */
  everySeconds: number;
  /** It knows no time of change, or not of every one: each reading is of all there is. */
  whole: boolean;
  read(at: { db: Db; books: Books; xero: XeroApi }, position: Position): Promise<Read>;
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * All that the mirror holds. Its rhythms together stay under 400 calls of the 1,000 a day that Xero's Starter tier
 * allows an organisation (xero-platform 1.9); the rest is for payers, for what is written, and for webhooks.
 */
export const MIRRORED: Record<CursorKind, Mirrored> = {
  invoices: paged("invoices", 5 * MINUTE, (xero, at) => xero.invoices(at), saveInvoices),
  contacts: {
    everySeconds: HOUR,
    whole: false,
    async read({ db, books, xero }, position) {
      const { rows, unreadable, pages } = await xero.contacts(asked(position));
      await followMerges({ db, books, xero }, rows);
      return {
        ...{ pages, rows: rows.length, newest: newestOf(rows) },
        async save(tx) {
          await saveContacts(tx, books, rows);
          await markUnreadable(tx, books, "contacts", unreadable);
        },
      };
    },
  },
  credit_notes: paged("credit_notes", HOUR, (xero, at) => xero.creditNotes(at), saveCreditNotes),
  overpayments: paged("overpayments", 3 * HOUR, (xero, at) => xero.overpayments(at), saveOverpayments),
  prepayments: paged("prepayments", 3 * HOUR, (xero, at) => xero.prepayments(at), savePrepayments),
  payments: paged("payments", HOUR, (xero, at) => xero.payments(at), savePayments),
  accounts: whole("accounts", 6 * HOUR, (xero) => xero.accounts(), replaceAccounts),
  tax_rates: whole("tax_rates", 12 * HOUR, (xero) => xero.taxRates(), replaceTaxRates),
  currencies: whole("currencies", 24 * HOUR, (xero) => xero.currencies(), replaceCurrencies),
  part_paid: {
    everySeconds: 3 * HOUR,
    whole: true,
    // "Changes to partially paid transactions which don't generate a journal such as DueDate or SentToContact" move no
    // UpdatedDateUTC (DOC requests-and-responses, Retrieving modified resources): no reading of changes shows them.
    async read({ books, xero }, { page }) {
      const { rows, unreadable, pages } = await xero.partPaidInvoices(page);
      return {
        ...{ pages, rows: rows.length, newest: undefined },
        async save(tx) {
          await saveInvoices(tx, books, rows);
          await markUnreadable(tx, books, "invoices", unreadable);
        },
      };
    },
  },
  branding_themes: whole(
    "branding_themes",
    24 * HOUR,
    (xero) => xero.brandingThemes(),
    replaceBrandingThemes,
  ),
  items: whole("items", 8 * HOUR, (xero) => xero.items(), replaceItems),
  tracking_categories: whole(
    "tracking_categories",
    24 * HOUR,
    (xero) => xero.trackingCategories(),
    replaceTrackingCategories,
  ),
  organisation: {
    everySeconds: 12 * HOUR,
    whole: true,
    async read({ books, xero }) {
      const organisation = await xero.organisation();
      return {
        ...{ pages: 1, rows: 1, newest: undefined },
        save: (tx) => replaceOrganisation(tx, books, organisation),
      };
    },
  },
};

/** Those that Xero's webhooks speak of. It has no category for payments (xero-platform 4). */
export const RUNG: readonly CursorKind[] = [
  "invoices",
  "contacts",
  "credit_notes",
  "overpayments",
  "prepayments",
];

function paged<T extends { updatedAt: Date }>(
  kind: CursorKind,
  everySeconds: number,
  ask: (xero: XeroApi, at: PageQuery) => Promise<Page<T>>,
  keep: (db: Db, books: Books, rows: T[]) => Promise<void>,
): Mirrored {
  return {
    everySeconds,
    whole: false,
    async read({ db, books, xero }, position) {
      const { rows, unreadable, pages } = await ask(xero, asked(position));
      if (kind === "invoices" && rows.length + unreadable.length === 0)
        await mustBeNone({ db, books, xero }, position.since);
      return {
        ...{ pages, rows: rows.length, newest: newestOf(rows) },
        async save(tx) {
          await keep(tx, books, rows);
          await markUnreadable(tx, books, kind, unreadable);
        },
      };
    },
  };
}

/**
 * What we know to have changed since then must be among what Xero lists since then: an empty list is wrong while Xero says by
 * that one's id that it did change, or does not say.
 */
async function mustBeNone(
  { db, books, xero }: { db: Db; books: Books; xero: XeroApi },
  since: Date | undefined,
): Promise<void> {
  const known = since && (await newestSince(db, books.connectionId, since));
  if (!known) return;
  const [now] = (await xero.invoicesById([known])).rows;
  if (!now || now.updatedAt > since) throw new XeroFault({ kind: "unreadable" });
}

function whole<T>(
  kind: CursorKind,
  everySeconds: number,
  ask: (xero: XeroApi) => Promise<Listed<T>>,
  keep: (db: Db, books: Books, listed: Listed<T>) => Promise<void>,
): Mirrored {
  return {
    everySeconds,
    whole: true,
    async read({ books, xero }) {
      const listed = await ask(xero);
      return {
        ...{ pages: 1, rows: listed.rows.length, newest: undefined },
        async save(tx) {
          await keep(tx, books, listed);
          await replaceUnreadable(tx, books, kind, listed.unreadable);
        },
      };
    },
  };
}

const asked = ({ page, since }: Position): PageQuery => ({ page, ...(since && { since }) });

function newestOf(rows: { updatedAt: Date }[]): Date | undefined {
  return rows.reduce<Date | undefined>(
    (newest, row) => (!newest || row.updatedAt > newest ? row.updatedAt : newest),
    undefined,
  );
}

/**
 * Where to read on after a page, or null after the last. From the newest change it held, so that rows which change
 * while we read only move behind it; a hair earlier, since the page may have cut that instant in two. A page that is
 * full of one instant is followed by the next.
 */
export function nextPage(
  { pages, newest }: Pick<Read, "pages" | "newest">,
  { page, since }: Position,
): Position | null {
  if (page >= pages) return null;
  const from = newest && new Date(newest.getTime() - 1);
  return from && (!since || from > since) ? { page: 1, since: from } : { page: page + 1, since };
}

/** Xero's clock and ours differ by less than this. */
const CLOCKS_APART_MS = 86_400_000;

/**
 * Up to where changes are known once a reading has come to its end, by Xero's clock: its newest change, or a day before
 * it was asked for where all is older. So thousands of rows that changed in one moment, as by an import, are not read
 * again and again for as long as nothing newer comes.
 */
export function reachedBy(askedAt: Date, newest: Date | undefined): Date {
  const surely = new Date(askedAt.getTime() - CLOCKS_APART_MS);
  return newest && newest > surely ? newest : surely;
}
