import "server-only";
import type { Answer } from "../rows/answer.ts";
import type { ListName, Lists } from "../rows/answer-lists.ts";
import { readItem, readTrackingCategory } from "../rows/catalogue-rows.ts";
import {
  readAction,
  readBrandingTheme,
  readCreditNote,
  readCurrency,
  readListedPayment,
  readOverpayment,
  readPrepayment,
  readTaxRate,
} from "../rows/ledger-rows.ts";
import { readAccount, readContact, readInvoice, readOrganisation } from "../rows/rows.ts";
import type { Send } from "./sdk.ts";
import type { Page } from "./types.ts";
import type { XeroApi } from "./xero-api.ts";

/** The most that Xero sends at once (xero-platform 3.5). */
export const PAGE_SIZE = 1_000;
const IDS_AT_ONCE = 50;
const PART_PAID = `Type=="ACCREC" AND Status=="AUTHORISED" AND (AmountPaid>0 OR AmountCredited>0)`;
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
  | "contactsById"
  | "invoices"
  | "partPaidInvoices"
  | "invoicesById"
  | "creditNotes"
  | "overpayments"
  | "prepayments"
  | "payments"
  | "creditNoteById"
  | "overpaymentById"
  | "prepaymentById"
  | "paymentById"
  | "taxRates"
  | "currencies"
  | "brandingThemes"
  | "items"
  | "trackingCategories"
>;

/** What the desk reads of an organisation. */
export function readCalls(tenantId: string, send: Send): ReadCalls {
  const contactsLike = ({ since, ids, page }: { since?: Date | undefined; ids?: string[]; page: number }) => {
    const [where, summaryOnly, searchTerm, includeArchived] = [undefined, undefined, undefined, true];
    return send("accounting.contacts.read", "Contacts", (api) =>
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
  };

  const invoicesLike = ({
    since,
    where,
    ids,
    contactIds,
    page,
  }: {
    since?: Date | undefined;
    where?: string;
    ids?: string[];
    contactIds?: string[] | undefined;
    page: number;
  }) => {
    const [numbers, statuses] = [undefined, undefined];
    const [includeArchived, createdByMyApp, unitdp, summaryOnly] = [true, undefined, undefined, undefined];
    return send("accounting.invoices.read", "Invoices", (api) =>
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
  };

  return {
    async organisation() {
      const answer = await send(SETTINGS, "Organisations", (api) => api.getOrganisations(tenantId));
      return answer.only(readOrganisation);
    },

    async organisationActions() {
      const answer = await send(SETTINGS, "Actions", (api) => api.getOrganisationActions(tenantId));
      return answer.all(readAction);
    },

    async accounts() {
      const answer = await send(SETTINGS, "Accounts", (api) => api.getAccounts(tenantId));
      return answer.someOfMany(readAccount);
    },

    async taxRates() {
      const answer = await send(SETTINGS, "TaxRates", (api) => api.getTaxRates(tenantId));
      return answer.someOfMany(readTaxRate);
    },

    async currencies() {
      const answer = await send(SETTINGS, "Currencies", (api) => api.getCurrencies(tenantId));
      return answer.some(readCurrency);
    },

    async brandingThemes() {
      const answer = await send(SETTINGS, "BrandingThemes", (api) => api.getBrandingThemes(tenantId));
      return answer.someOfMany(readBrandingTheme);
    },

    // xero-documents 7 and 9: neither has pages.
    async items() {
      const answer = await send(SETTINGS, "Items", (api) => api.getItems(tenantId));
      return answer.some(readItem);
    },

    async trackingCategories() {
      const [where, order, includeArchived] = [undefined, undefined, true];
      const answer = await send(SETTINGS, "TrackingCategories", (api) =>
        api.getTrackingCategories(tenantId, where, order, includeArchived),
      );
      return answer.some(readTrackingCategory);
    },

    async account(accountId) {
      const answer = await send(SETTINGS, "Accounts", (api) => api.getAccount(tenantId, accountId));
      return answer.one(accountId, readAccount);
    },

    async contacts({ page, since }) {
      return pageOf(page, await contactsLike({ since, page }), readContact);
    },

    async contactsById(ids) {
      return (await contactsLike({ ids: few(ids), page: 1 })).asked(ids, readContact);
    },

    async invoices({ page, since, contactId }) {
      const contactIds = contactId === undefined ? undefined : [contactId];
      return pageOf(page, await invoicesLike({ since, contactIds, page }), readInvoice);
    },

    async partPaidInvoices(page) {
      return pageOf(page, await invoicesLike({ where: PART_PAID, page }), readInvoice);
    },

    async invoicesById(ids) {
      return (await invoicesLike({ ids: few(ids), page: 1 })).asked(ids, readInvoice);
    },

    async creditNotes({ page, since, contactId }) {
      const unitdp = undefined;
      const answer = await send("accounting.invoices.read", "CreditNotes", (api) =>
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
      return pageOf(page, answer, readCreditNote);
    },

    async overpayments({ page, since, contactId }) {
      const unitdp = undefined;
      const answer = await send(PAYMENTS, "Overpayments", (api) =>
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
      return pageOf(page, answer, readOverpayment);
    },

    async prepayments({ page, since, contactId }) {
      const unitdp = undefined;
      const answer = await send(PAYMENTS, "Prepayments", (api) =>
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
      return pageOf(page, answer, readPrepayment);
    },

    async creditNoteById(id) {
      const answer = await send("accounting.invoices.read", "CreditNotes", (api) =>
        api.getCreditNote(tenantId, id),
      );
      return answer.asked([id], readCreditNote);
    },

    async overpaymentById(id) {
      const answer = await send(PAYMENTS, "Overpayments", (api) => api.getOverpayment(tenantId, id));
      return answer.asked([id], readOverpayment);
    },

    async prepaymentById(id) {
      const answer = await send(PAYMENTS, "Prepayments", (api) => api.getPrepayment(tenantId, id));
      return answer.asked([id], readPrepayment);
    },

    async paymentById(id) {
      const answer = await send(PAYMENTS, "Payments", (api) => api.getPayment(tenantId, id));
      return answer.asked([id], readListedPayment);
    },

    async payments({ page, since }) {
      const where = undefined;
      const answer = await send(PAYMENTS, "Payments", (api) =>
        api.getPayments(tenantId, since, where, OLDEST_CHANGE_FIRST, page, PAGE_SIZE),
      );
      return pageOf(page, answer, readListedPayment);
    },
  };
}

function few(ids: string[]): string[] {
  if (ids.length === 0 || ids.length > IDS_AT_ONCE) throw new RangeError(`1 to ${IDS_AT_ONCE} ids at once`);
  return ids;
}

/** A where-filter is text: only an id may go into one. */
function ofContact(contactId: string | undefined): string | undefined {
  if (contactId === undefined) return undefined;
  if (!/^[\da-f-]{36}$/i.test(contactId)) throw new RangeError("Not a contact's id");
  return `Contact.ContactID==guid("${contactId}")`;
}

function pageOf<L extends ListName, T>(page: number, answer: Answer<L>, read: (row: Lists[L]) => T): Page<T> {
  return { ...answer.some(read), page, pages: pagesOf(page, answer) };
}

/** How many pages there are, or that another may follow, after this one. */
export function pagesOf(page: number, { pageCount, length }: Answer<ListName>): number {
  return pageCount ?? (length >= PAGE_SIZE ? page + 1 : page);
}
