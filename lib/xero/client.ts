import "server-only";
import { log } from "#lib/core/log.ts";
import { type Money, toDecimal } from "#lib/core/money.ts";
import { messagesIn } from "./faults.ts";
import {
  isRejected,
  readAccount,
  readBatchPayment,
  readContact,
  readInvoice,
  readOrganisation,
  readPayment,
  Unreadable,
} from "./rows.ts";
import type { SdkCall } from "./sdk.ts";
import { type NewPayment, type Page, type PostedPayment, type XeroApi, XeroFault } from "./types.ts";

/** Makes one HTTP request under the rules of call.ts; `scope` is what Xero will ask for. */
export type Send = <T>(scope: string, run: SdkCall<T>) => Promise<T>;

const PAGE_SIZE = 1_000;
const IDS_AT_ONCE = 50;
const OLDEST_CHANGE_FIRST = "UpdatedDateUTC ASC";

/** The only place that speaks xero-node: ours in, ours out. Positional parameters are named where they are passed. */
export function xeroApi(tenantId: string, send: Send): XeroApi {
  return {
    async organisation() {
      const body = await send("accounting.settings.read", (api) => api.getOrganisations(tenantId));
      return readOrganisation(only(body.organisations, "organisation"));
    },

    async accounts(since) {
      const body = await send("accounting.settings.read", (api) => api.getAccounts(tenantId, since));
      return readable(body.accounts, readAccount);
    },

    async account(accountId) {
      const body = await send("accounting.settings.read", (api) => api.getAccount(tenantId, accountId));
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
      const { ids, page, since } = pick(query);
      const [where, numbers, contactIds, statuses] = [undefined, undefined, undefined, undefined];
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

    async createPayment(payment, idempotencyKey) {
      const [line, ...more] = payment.lines;
      if (!line || more.length > 0) throw new RangeError("A single payment has one line");
      const body = await send("accounting.payments", (api) =>
        api.createPayment(
          tenantId,
          {
            invoice: { invoiceID: line.invoiceId },
            account: { accountID: payment.accountId },
            date: payment.date,
            amount: decimal({ minor: line.amountMinor, currency: payment.currency }),
            reference: payment.reference,
          },
          idempotencyKey,
        ),
      );
      return written(body.payments?.[0], payment, readPayment);
    },

    async createBatchPayment(payment, idempotencyKey) {
      const summarizeErrors = undefined;
      const batch = {
        account: { accountID: payment.accountId },
        date: payment.date,
        reference: payment.reference,
        payments: payment.lines.map(({ invoiceId, amountMinor }) => ({
          invoice: { invoiceID: invoiceId },
          amount: decimal({ minor: amountMinor, currency: payment.currency }),
        })),
      };
      const body = await send("accounting.payments", (api) =>
        api.createBatchPayment(tenantId, { batchPayments: [batch] }, summarizeErrors, idempotencyKey),
      );
      return written(body.batchPayments?.[0], payment, readBatchPayment);
    },

    async findPayments(reference, currency) {
      const [since, order, page, pageSize] = [undefined, undefined, 1, 100];
      const body = await send("accounting.payments.read", (api) =>
        api.getPayments(tenantId, since, byReference(reference), order, page, pageSize),
      );
      const live = (body.payments ?? []).filter(
        (row) =>
          row.reference === reference &&
          String(row.status) !== "DELETED" &&
          !row.batchPayment &&
          !row.batchPaymentID,
      );
      return live.map((row) => complete(readPayment(row, currency)));
    },

    async findBatchPayments(reference, currency) {
      const body = await send("accounting.payments.read", (api) =>
        api.getBatchPayments(tenantId, undefined, byReference(reference)),
      );
      const live = (body.batchPayments ?? []).filter(
        (row) => row.reference === reference && String(row.status) !== "DELETED",
      );
      return live.map((row) => complete(readBatchPayment(row, currency)));
    },
  };
}

function pick(query: { page: number; since?: Date } | { ids: string[] }) {
  if (!("ids" in query)) return { ids: undefined, page: query.page, since: query.since };
  const { ids } = query;
  if (ids.length === 0 || ids.length > IDS_AT_ONCE) throw new RangeError(`1 to ${IDS_AT_ONCE} ids at once`);
  return { ids, page: 1, since: undefined };
}

/** JSON numbers are what Xero takes; the shortest text of this one is the exact decimal. */
function decimal(money: Money): number {
  return Number(toDecimal(money));
}

/** A where-filter is text: only our own kind of reference may go into one. */
function byReference(reference: string): string {
  if (!/^[\w-]{1,40}$/.test(reference)) throw new RangeError("Not a reference of ours");
  return `Reference=="${reference}"`;
}

function written<R extends Parameters<typeof isRejected>[0]>(
  row: R | undefined,
  { currency }: NewPayment,
  read: (row: R, currency: string) => PostedPayment | undefined,
): PostedPayment {
  if (row && isRejected(row)) throw new XeroFault({ kind: "refused", messages: messagesIn(row) });
  const posted = row && read(row, currency);
  if (!posted) throw new XeroFault({ kind: "no_answer" }, new Unreadable("Xero said OK without ids"));
  return posted;
}

function complete(posted: PostedPayment | undefined): PostedPayment {
  if (!posted) throw new Unreadable("Xero left out an id of a payment");
  return posted;
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
