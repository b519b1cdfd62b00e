/** Test only: in which ways the mirror and the simulated Xero differ. */
import { eq } from "drizzle-orm";
import {
  accounts,
  brandingThemes,
  contacts,
  creditNotes,
  currencies,
  invoices,
  items,
  overpayments,
  prepayments,
  taxRates,
  trackingCategories,
  xeroPayments,
} from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { Simulator } from "../simulator-process.ts";

type Row = Record<string, unknown>;
type Fact = string | number | boolean | null;

/** How one kind is compared: where Xero's truth is, and which facts of a row must be the same, the first one naming it. */
type Comparison = {
  path: string;
  list: string;
  ours(db: Db, connectionId: string): Promise<Row[]>;
  fact: (row: Row) => Fact[];
  truth: (row: Row) => Fact[];
};

const number = (value: unknown) => Number(value);
const textOrNull = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const time = (value: unknown) => (value instanceof Date ? value.getTime() : Number.NaN);
const some = (row: Row, ...names: string[]) => names.map((name) => (row[name] ?? null) as Fact);

const credit = (
  path: string,
  list: string,
  table: typeof creditNotes | typeof overpayments | typeof prepayments,
): Comparison => ({
  path,
  list,
  ours: (db, connectionId) => db.select().from(table).where(eq(table.connectionId, connectionId)),
  fact: (row) => [
    ...some(row, "creditId", "type", "status", "contactId", "currency"),
    ...[number(row.totalMinor), number(row.remainingMinor), textOrNull(row.reference), time(row.updatedAt)],
    allocationsOf(row, (part) => `${part.invoiceId} ${part.amountMinor}`),
  ],
  truth: (row) => [
    ...some(row, "id", "type", "status", "contactId", "currency", "total", "remainingCredit"),
    ...[textOrNull(row.reference), number(row.updatedAt)],
    allocationsOf(row, (part) => `${part.invoiceId} ${part.amount}`),
  ],
});

function allocationsOf(row: Row, write: (part: Row) => string): string {
  return (row.allocations as Row[]).map(write).sort().join();
}

/** Xero lists no deleted ones. */
function optionsOf(row: Row, id: string): string {
  const listed = (row.options as Row[]).filter(({ status }) => status !== "DELETED");
  return JSON.stringify(listed.map((option) => some(option, id, "name", "status")));
}

const COMPARISONS: Comparison[] = [
  {
    path: "invoices",
    list: "invoices",
    ours: (db, id) => db.select().from(invoices).where(eq(invoices.connectionId, id)),
    fact: (row) => [
      ...some(row, "invoiceId", "type", "status", "contactId", "currency", "dueDate"),
      ...[number(row.totalMinor), number(row.dueMinor), time(row.updatedAt)],
      ...[textOrNull(row.number), textOrNull(row.reference)],
    ],
    truth: (row) => [
      ...some(
        row,
        ...["id", "type", "status", "contactId", "currency", "dueDay", "total", "amountDue", "updatedAt"],
      ),
      ...[textOrNull(row.number), textOrNull(row.reference)],
    ],
  },
  {
    path: "contacts",
    list: "contacts",
    ours: (db, id) => db.select().from(contacts).where(eq(contacts.connectionId, id)),
    fact: (row) => [
      ...some(row, "contactId", "name", "email", "status", "mergedTo"),
      ...[time(row.updatedAt), JSON.stringify(row.persons)],
    ],
    truth: (row) => [
      ...some(row, "id", "name", "email", "status", "mergedTo", "updatedAt"),
      JSON.stringify(
        ((row.persons ?? []) as { email: string; includeInEmails: boolean }[])
          .filter(({ email }) => email !== "")
          .map(({ email, includeInEmails }) => ({ email, isIncluded: includeInEmails })),
      ),
    ],
  },
  credit("credit-notes", "creditNotes", creditNotes),
  credit("overpayments", "overpayments", overpayments),
  credit("prepayments", "prepayments", prepayments),
  {
    path: "payments",
    list: "payments",
    ours: (db, id) => db.select().from(xeroPayments).where(eq(xeroPayments.connectionId, id)),
    fact: (row) => [
      ...some(row, "paymentId", "type", "status", "invoiceId", "accountId", "date", "isReconciled"),
      ...[number(row.amountMinor), time(row.updatedAt)],
    ],
    truth: (row) =>
      some(
        row,
        ...["id", "type", "status", "invoiceId", "accountId", "day", "isReconciled", "amount", "updatedAt"],
      ),
  },
  {
    path: "accounts",
    list: "accounts",
    ours: (db, id) => db.select().from(accounts).where(eq(accounts.connectionId, id)),
    fact: (row) => some(row, "accountId", "code", "name", "type", "status", "enablePayments", "taxType"),
    truth: (row) => some(row, "id", "code", "name", "type", "status", "enablePayments", "taxType"),
  },
  {
    path: "tax-rates",
    list: "taxRates",
    ours: (db, id) => db.select().from(taxRates).where(eq(taxRates.connectionId, id)),
    fact: (row) => [...some(row, "taxType", "name", "status"), number(row.percent)],
    truth: (row) => [
      ...some(row, "taxType", "name"),
      row.status === "DELETED" ? "DELETED" : "ACTIVE",
      number(row.percent),
    ],
  },
  {
    path: "currencies",
    list: "currencies",
    ours: (db, id) => db.select().from(currencies).where(eq(currencies.connectionId, id)),
    fact: (row) => some(row, "code", "description"),
    truth: (row) => some(row, "code", "description"),
  },
  {
    path: "branding-themes",
    list: "brandingThemes",
    ours: (db, id) => db.select().from(brandingThemes).where(eq(brandingThemes.connectionId, id)),
    fact: (row) => some(row, "themeId", "name", "sortOrder"),
    truth: (row) => some(row, "id", "name", "sortOrder"),
  },
  {
    path: "items",
    list: "items",
    ours: (db, id) => db.select().from(items).where(eq(items.connectionId, id)),
    fact: (row) => [
      ...some(row, "itemId", "code", "name", "isSold", "isPurchased", "isTracked"),
      ...some(row, "salesAccountCode", "salesTaxType"),
    ],
    truth: (row) => [
      ...some(row, "id", "code", "name", "isSold", "isPurchased"),
      row.inventoryAccountCode !== undefined,
      ...some(row.sales as Row, "accountCode", "taxType"),
    ],
  },
  {
    path: "tracking-categories",
    list: "trackingCategories",
    ours: (db, id) => db.select().from(trackingCategories).where(eq(trackingCategories.connectionId, id)),
    fact: (row) => [...some(row, "categoryId", "name", "status"), optionsOf(row, "optionId")],
    truth: (row) => [...some(row, "id", "name", "status"), optionsOf(row, "id")],
  },
];

/** Every row that the mirror lacks, has too much, or shows otherwise than Xero, as sentences; none is what must be. */
export async function differences(
  db: Db,
  simulator: Simulator,
  { connectionId, tenantId }: { connectionId: string; tenantId: string },
): Promise<string[]> {
  const found = await Promise.all(
    COMPARISONS.map(async ({ path, list, ours, fact, truth }) => {
      const answer = await simulator.control<Record<string, Row[]>>(
        "GET",
        `/control/xero/${path}?tenantId=${tenantId}`,
      );
      const theirs = new Set((answer[list] ?? []).map((row) => JSON.stringify(truth(row))));
      const mine = new Set((await ours(db, connectionId)).map((row) => JSON.stringify(fact(row))));
      return [
        ...[...theirs].filter((row) => !mine.has(row)).map((row) => `${list}: Xero has ${row}`),
        ...[...mine].filter((row) => !theirs.has(row)).map((row) => `${list}: the mirror has ${row}`),
      ];
    }),
  );
  return found.flat();
}
