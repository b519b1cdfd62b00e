import { asc, eq } from "drizzle-orm";
import {
  accounts,
  currencies,
  items,
  organisations,
  taxRates,
  trackingCategories,
} from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { type AccountClass, classOf, isAccountClass } from "#lib/xero/api/account-classes.ts";
import { type CursorKind, callSoon, listCursors } from "./sync/cursor-store.ts";

/** All that lines of a document may name in an organisation's books, as the mirror has it; archived things too. */
export type BooksChart = {
  accounts: {
    accountId: string;
    /** Bank accounts may have none. */
    code: string | null;
    name: string;
    type: string;
    /** Null of a type that we don't know. */
    class: AccountClass | null;
    status: string;
    /** What its lines are taxed by when they name no tax. */
    taxType: string | null;
    enablePayments: boolean;
    systemAccount: string | null;
    currency: string | null;
  }[];
  /** `percent` is a decimal text. */
  taxRates: { taxType: string; name: string; percent: string; status: string; appliesTo: AccountClass[] }[];
  items: {
    code: string;
    name: string | null;
    isSold: boolean;
    isPurchased: boolean;
    isTracked: boolean;
    salesAccountCode: string | null;
    salesTaxType: string | null;
  }[];
  tracking: {
    categoryId: string;
    name: string;
    status: string;
    options: { optionId: string; name: string; status: string }[];
  }[];
  /** ISO 4217 codes that the organisation is subscribed to. */
  currencies: string[];
  /** The later of its lock dates: nothing dated up to that day can be written. Null: none. */
  lockedUntil: string | null;
  /** When all of these were read last; null while one of them has not been read to its end yet. */
  asOf: Date | null;
};

const KINDS: CursorKind[] = [
  "accounts",
  "tax_rates",
  "items",
  "tracking_categories",
  "currencies",
  "organisation",
];

/** Has all of these read anew within a minute, whatever their rhythm: somebody says that it was mended in Xero. */
export async function readChartSoon(db: Db, connectionId: string): Promise<void> {
  await callSoon(db, [connectionId], KINDS);
}

/** Of one organisation. Accounts and items by code, the rest by name, options as Xero lists them. Xero is not asked. */
export async function readBooksChart(db: Db, connectionId: string): Promise<BooksChart> {
  const [ofAccounts, ofRates, ofItems, ofTracking, ofCurrencies, [organisation], cursors] = await Promise.all(
    [
      db
        .select({
          accountId: accounts.accountId,
          code: accounts.code,
          name: accounts.name,
          type: accounts.type,
          status: accounts.status,
          taxType: accounts.taxType,
          enablePayments: accounts.enablePayments,
          systemAccount: accounts.systemAccount,
          currency: accounts.currency,
        })
        .from(accounts)
        .where(eq(accounts.connectionId, connectionId))
        .orderBy(asc(accounts.code), asc(accounts.name)),
      db
        .select({
          taxType: taxRates.taxType,
          name: taxRates.name,
          percent: taxRates.percent,
          status: taxRates.status,
          appliesTo: taxRates.appliesTo,
        })
        .from(taxRates)
        .where(eq(taxRates.connectionId, connectionId))
        .orderBy(asc(taxRates.name), asc(taxRates.taxType)),
      db
        .select({
          code: items.code,
          name: items.name,
          isSold: items.isSold,
          isPurchased: items.isPurchased,
          isTracked: items.isTracked,
          salesAccountCode: items.salesAccountCode,
          salesTaxType: items.salesTaxType,
        })
        .from(items)
        .where(eq(items.connectionId, connectionId))
        .orderBy(asc(items.code)),
      db
        .select({
          categoryId: trackingCategories.categoryId,
          name: trackingCategories.name,
          status: trackingCategories.status,
          options: trackingCategories.options,
        })
        .from(trackingCategories)
        .where(eq(trackingCategories.connectionId, connectionId))
        .orderBy(asc(trackingCategories.name)),
      db
        .select({ code: currencies.code })
        .from(currencies)
        .where(eq(currencies.connectionId, connectionId))
        .orderBy(asc(currencies.code)),
      db
        .select({ lockedUntil: organisations.lockedUntil })
        .from(organisations)
        .where(eq(organisations.connectionId, connectionId)),
      listCursors(db, [connectionId]),
    ],
  );
  const readAt = KINDS.map(
    (kind) => cursors.find((cursor) => cursor.kind === kind)?.syncedAt?.getTime() ?? 0,
  );
  const oldest = Math.min(...readAt);
  return {
    accounts: ofAccounts.map((account) => ({ ...account, class: classOf(account.type) })),
    taxRates: ofRates.map((rate) => ({ ...rate, appliesTo: rate.appliesTo.filter(isAccountClass) })),
    items: ofItems,
    tracking: ofTracking,
    currencies: ofCurrencies.map(({ code }) => code),
    lockedUntil: organisation?.lockedUntil ?? null,
    asOf: oldest > 0 ? new Date(oldest) : null,
  };
}

/** What of a BooksChart a new line may name: active accounts with a code, rates, categories and options; all items. */
export type Chart = {
  accounts: (Pick<BooksChart["accounts"][number], "name" | "type" | "class" | "taxType"> & {
    code: string;
  })[];
  taxRates: Omit<BooksChart["taxRates"][number], "status">[];
  items: BooksChart["items"];
  trackingCategories: { id: string; name: string; options: { id: string; name: string }[] }[];
  currencies: string[];
  asOf: Date | null;
};

/** The chart of one organisation, in the order of readBooksChart. */
export async function readChart(db: Db, connectionId: string): Promise<Chart> {
  const { accounts, taxRates, items, tracking, currencies, asOf } = await readBooksChart(db, connectionId);
  return {
    accounts: accounts
      .filter(isActive)
      .flatMap(({ code, name, type, taxType, ...account }) =>
        code ? [{ code, name, type, class: account.class, taxType }] : [],
      ),
    taxRates: taxRates.filter(isActive).map(({ status: _status, ...rate }) => rate),
    items,
    trackingCategories: tracking.filter(isActive).map(({ categoryId, name, options }) => ({
      id: categoryId,
      name,
      options: options.filter(isActive).map((option) => ({ id: option.optionId, name: option.name })),
    })),
    currencies,
    asOf,
  };
}

const isActive = ({ status }: { status: string }) => status === "ACTIVE";
