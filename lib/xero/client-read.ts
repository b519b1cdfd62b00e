import "server-only";
import { log } from "#lib/core/log.ts";
import type { Send } from "./client.ts";
import {
  readAction,
  readBrandingTheme,
  readCreditNote,
  readCurrency,
  readListedPayment,
  readOverpayment,
  readPrepayment,
  readTaxRate,
} from "./ledger-rows.ts";
import { Unreadable } from "./row-parts.ts";
import { readAccount, readContact, readInvoice, readOrganisation } from "./rows.ts";
import type { Page, PageQuery, XeroApi } from "./types.ts";

const PAGE_SIZE = 1_000;
const IDS_AT_ONCE = 50;
const OLDEST_CHANGE_FIRST = "UpdatedDateUTC ASC";
const SETTINGS = "accounting.settings.read";
const PAYMENTS = "accounting.payments.read";

type ReadCalls = Pick<
  XeroApi,
  | "organisation"
  | "organisationActions"
  | "accounts"
  | "account"
  | "contacts"
  | "invoices"
  | "creditNotes"
  | "overpayments"
  | "prepayments"
  | "payments"
  | "taxRates"
  | "currencies"
  | "brandingThemes"
>;

/** What the desk reads of an organisation. */
export function readCalls(tenantId: string, send: Send): ReadCalls {
  return {
    async organisation() {
      const body = await send(SETTINGS, (api) => api.getOrganisations(tenantId));
      return readOrganisation(only(body.organisations, "organisation"));
    },

    async organisationActions() {
      const body = await send(SETTINGS, (api) => api.getOrganisationActions(tenantId));
      return readable(body.actions, readAction);
    },

    async accounts() {
      const body = await send(SETTINGS, (api) => api.getAccounts(tenantId));
      return readable(body.accounts, readAccount);
    },

    async taxRates() {
      const body = await send(SETTINGS, (api) => api.getTaxRates(tenantId));
      return readable(body.taxRates, readTaxRate);
    },

    async currencies() {
      const body = await send(SETTINGS, (api) => api.getCurrencies(tenantId));
      return readable(body.currencies, readCurrency);
    },

    async brandingThemes() {
      const body = await send(SETTINGS, (api) => api.getBrandingThemes(tenantId));
      return readable(body.brandingThemes, readBrandingTheme);
    },

    async account(accountId) {
      const body = await send(SETTINGS, (api) => api.getAccount(tenantId, accountId));
      return readAccount(only(body.accounts, "account"));
    },

    async contacts(query) {
      const { ids, page, since } = pick(query);
      const [where, summaryOnly, searchTerm, includeArchived] = [undefined, undefined, undefined, true];
      const body = await send("accounting.contacts.read", (api) =>
        api.getContacts(
          tenantId,
          since,
          where,
          OLDEST_CHANGE_FIRST,
          ids,
          page,
          includeArchived,
          summaryOnly,
          searchTerm,
          PAGE_SIZE,
        ),
      );
      return pageOf(page, body.contacts, body.pagination, readContact);
    },

    async invoices(query) {
      const { ids, page, since, contactId } = pick(query);
      const contactIds = contactId === undefined ? undefined : [contactId];
      const [where, numbers, statuses] = [undefined, undefined, undefined];
      const [includeArchived, createdByMyApp, unitdp, summaryOnly] = [true, undefined, undefined, undefined];
      const body = await send("accounting.invoices.read", (api) =>
        api.getInvoices(
          tenantId,
          since,
          where,
          OLDEST_CHANGE_FIRST,
          ids,
          numbers,
          contactIds,
          statuses,
          page,
          includeArchived,
          createdByMyApp,
          unitdp,
          summaryOnly,
          PAGE_SIZE,
        ),
      );
      return pageOf(page, body.invoices, body.pagination, readInvoice);
    },

    async creditNotes({ page, since, contactId }) {
      const unitdp = undefined;
      const body = await send("accounting.invoices.read", (api) =>
        api.getCreditNotes(
          tenantId,
          since,
          ofContact(contactId),
          OLDEST_CHANGE_FIRST,
          page,
          unitdp,
          PAGE_SIZE,
        ),
      );
      return pageOf(page, body.creditNotes, body.pagination, readCreditNote);
    },

    async overpayments({ page, since, contactId }) {
      const unitdp = undefined;
      const body = await send(PAYMENTS, (api) =>
        api.getOverpayments(
          tenantId,
          since,
          ofContact(contactId),
          OLDEST_CHANGE_FIRST,
          page,
          unitdp,
          PAGE_SIZE,
        ),
      );
      return pageOf(page, body.overpayments, body.pagination, readOverpayment);
    },

    async prepayments({ page, since, contactId }) {
      const unitdp = undefined;
      const body = await send(PAYMENTS, (api) =>
        api.getPrepayments(
          tenantId,
          since,
          ofContact(contactId),
          OLDEST_CHANGE_FIRST,
          page,
          unitdp,
          PAGE_SIZE,
        ),
      );
      return pageOf(page, body.prepayments, body.pagination, readPrepayment);
    },

    async payments({ page, since }) {
      const where = undefined;
      const body = await send(PAYMENTS, (api) =>
        api.getPayments(tenantId, since, where, OLDEST_CHANGE_FIRST, page, PAGE_SIZE),
      );
      return pageOf(page, body.payments, body.pagination, readListedPayment);
    },
  };
}

function pick(query: PageQuery | { ids: string[] }) {
  if (!("ids" in query)) return { ids: undefined, ...query };
  const { ids } = query;
  if (ids.length === 0 || ids.length > IDS_AT_ONCE) throw new RangeError(`1 to ${IDS_AT_ONCE} ids at once`);
  return { ids, page: 1, since: undefined, contactId: undefined };
}

/** A where-filter is text: only an id may go into one. */
function ofContact(contactId: string | undefined): string | undefined {
  if (contactId === undefined) return undefined;
  if (!/^[\da-f-]{36}$/i.test(contactId)) throw new RangeError("Not a contact's id");
  return `Contact.ContactID==guid("${contactId}")`;
}

function only<R>(rows: R[] | undefined, what: string): R {
  const [row] = rows ?? [];
  if (!row) throw new Unreadable(`Xero sent no ${what}`);
  return row;
}

function pageOf<R, T>(
  page: number,
  rows: R[] | undefined,
  pagination: { pageCount?: number } | undefined,
  read: (row: R) => T,
): Page<T> {
  const more = (rows?.length ?? 0) >= PAGE_SIZE;
  return { rows: readable(rows, read), page, pages: pagination?.pageCount ?? (more ? page + 1 : page) };
}

/** One row that can't be read must not keep the others from the mirror; it is logged, and stays unknown. */
function readable<R, T>(rows: R[] | undefined, read: (row: R) => T): T[] {
  if (!rows) throw new Unreadable("Xero sent no list");
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof RangeError)) throw error;
      log.warn({ reason: error.message }, "xero.row-unreadable");
      return [];
    }
  });
}
