import { and, eq, inArray, or, type SQLWrapper, sql } from "drizzle-orm";
import { accounts, contacts, invoices } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { type CursorKind, listCursors } from "./sync/cursor-store.ts";

export type MirroredInvoice = Pick<
  typeof invoices.$inferSelect,
  | "connectionId"
  | "invoiceId"
  | "type"
  | "number"
  | "contactId"
  | "status"
  | "currency"
  | "totalMinor"
  | "dueMinor"
  | "duesSeen"
  | "date"
  | "dueDate"
  | "fullyPaidOn"
  | "seenAt"
> & {
  /** Xero sent something of it since that can't be read, or left it out: what the mirror has must not be acted upon. */
  isUnread: boolean;
};

const isUnread =
  sql.raw(`exists (select 1 from unread_rows unread where unread.kind = 'invoices' and unread.why <> 'rung'
  and unread.connection_id = invoices.connection_id and unread.xero_id = invoices.invoice_id)`);

const facts = {
  connectionId: invoices.connectionId,
  invoiceId: invoices.invoiceId,
  type: invoices.type,
  number: invoices.number,
  contactId: invoices.contactId,
  status: invoices.status,
  currency: invoices.currency,
  totalMinor: invoices.totalMinor,
  dueMinor: invoices.dueMinor,
  duesSeen: invoices.duesSeen,
  date: invoices.date,
  dueDate: invoices.dueDate,
  fullyPaidOn: invoices.fullyPaidOn,
  seenAt: invoices.seenAt,
  isUnread: sql<boolean>`${isUnread}`.as("is_unread"),
};

type Asked = Record<"connectionIds" | "numbers" | "cutFrom" | "cutTo", SQLWrapper>;

/**
 * For a statement of the room above: every invoice or bill in these books with one of these numbers, and all that is
 * outstanding for the same customers, the oldest due first. Of the same shape whether or not anything is found. What
 * begins with a number that was cut off at its "#" lies between `cutFrom` and `cutTo`: see `cutRange`.
 */
export function selectAsked(db: Db, { connectionIds, numbers, cutFrom, cutTo }: Asked) {
  const isAsked = (table: "invoices" | "asked") => {
    const [connection, number] = [sql.raw(`${table}.connection_id`), sql.raw(`${table}.number`)];
    const beginsSo = sql`(${number} ~>=~ ${cutFrom} and ${number} ~<~ ${cutTo})`;
    return sql`${connection} = any(${connectionIds}) and (${number} = any(${numbers}) or ${beginsSo})`;
  };
  // Each half from an index of its own: put together with "or", it goes through all that an organisation is owed.
  const keys = sql`(
    select connection_id, invoice_id from invoices where ${isAsked("invoices")}
    union
    select asked.connection_id, theirs.invoice_id
    from invoices asked, lateral (
      select invoice_id from invoices
      where connection_id = asked.connection_id and contact_id = asked.contact_id
        and type = 'ACCREC' and status = 'AUTHORISED' and due_minor > 0 offset 0) theirs
    where ${isAsked("asked")} and asked.type = 'ACCREC') keys`;
  // One look into an index for each key; the "offset" above and the "limit" here keep PostgreSQL, which takes few keys for
  // thousands, from reading the whole table instead.
  const invoice = db
    .select(facts)
    .from(invoices)
    .where(sql`${invoices.connectionId} = keys.connection_id and ${invoices.invoiceId} = keys.invoice_id`)
    .limit(1)
    .as("invoice");
  return db
    .select({ ...invoice._.selectedFields })
    .from(keys)
    .crossJoinLateral(invoice)
    .orderBy(invoice.dueDate, invoice.number, invoice.invoiceId);
}

/**
 * Between which texts a number lies that lost what followed its "#" on the way here, as an unencoded link does; for an index
 * that goes by bytes: "$" comes next after "#".
 */
export function cutRange(cutAtHash: string | null): { cutFrom: string | null; cutTo: string | null } {
  return cutAtHash === null
    ? { cutFrom: null, cutTo: null }
    : { cutFrom: `${cutAtHash}#`, cutTo: `${cutAtHash}$` };
}

const byIds = prepared("invoices-by-ids", (db) =>
  db
    .select(facts)
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, sql.placeholder("connectionId")),
        sql`${invoices.invoiceId} = any(${sql.placeholder("ids")})`,
      ),
    )
    .orderBy(invoices.dueDate, invoices.number),
);

export async function findByIds(db: Db, connectionId: string, ids: string[]): Promise<MirroredInvoice[]> {
  return ids.length === 0 ? [] : byIds(db, { connectionId, ids });
}

/** What a customer owes in one currency, the oldest due first; without what is unread. */
export async function listOutstanding(
  db: Db,
  { connectionId, contactId, currency }: { connectionId: string; contactId: string; currency: string },
): Promise<MirroredInvoice[]> {
  return db
    .select(facts)
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, connectionId),
        eq(invoices.contactId, contactId),
        eq(invoices.currency, currency),
        sql`${invoices.type} = 'ACCREC' and ${invoices.status} = 'AUTHORISED' and ${invoices.dueMinor} > 0`,
        sql`not ${isUnread}`,
      ),
    )
    .orderBy(sql`${invoices.dueDate} asc nulls last`, invoices.number, invoices.invoiceId);
}

export type MirroredAccount = Pick<
  typeof accounts.$inferSelect,
  "accountId" | "code" | "name" | "type" | "systemAccount" | "currency"
>;

/** An account of these books, and the one of their debtors, as far as they have been read. */
export async function findAccounts(
  db: Db,
  connectionId: string,
  accountId: string,
): Promise<{ account: MirroredAccount | undefined; debtorsCode: string | null }> {
  const { code, name, type, systemAccount, currency } = accounts;
  const rows = await db
    .select({ accountId: accounts.accountId, code, name, type, systemAccount, currency })
    .from(accounts)
    .where(
      and(
        eq(accounts.connectionId, connectionId),
        or(eq(accounts.accountId, accountId), eq(systemAccount, "DEBTORS")),
      ),
    );
  return {
    account: rows.find((row) => row.accountId === accountId),
    debtorsCode: rows.find((row) => row.systemAccount === "DEBTORS")?.code ?? null,
  };
}

export type MirroredContact = Pick<typeof contacts.$inferSelect, "name" | "email" | "persons">;

/** For a statement of the room above: these contacts, as far as these books have them. */
export function selectContacts(
  db: Db,
  { connectionIds, contactIds }: Record<"connectionIds" | "contactIds", SQLWrapper>,
) {
  const { connectionId, contactId, name, email, persons } = contacts;
  return db
    .select({ connectionId, contactId, name, email, persons })
    .from(contacts)
    .where(sql`${connectionId} = any(${connectionIds}) and ${contactId} = any(${contactIds})`);
}

export async function findContact(
  db: Db,
  connectionId: string,
  contactId: string,
): Promise<MirroredContact | undefined> {
  const [row] = await db
    .select({ name: contacts.name, email: contacts.email, persons: contacts.persons })
    .from(contacts)
    .where(and(eq(contacts.connectionId, connectionId), eq(contacts.contactId, contactId)));
  return row;
}

/** The currencies that customers of these books owe in. */
export async function currenciesOwed(db: Db, connectionId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ currency: invoices.currency })
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, connectionId),
        eq(invoices.type, "ACCREC"),
        eq(invoices.status, "AUTHORISED"),
      ),
    );
  return rows.map(({ currency }) => currency).sort();
}

/** The least, the most and the steps in which amounts of a currency can be charged, in hundredths. */
export type Chargeable = { currency: string; leastMinor: bigint; mostMinor: bigint; stepMinor: bigint };

/** The first few invoices that are owed in a currency, and whose amount lies outside this. */
export async function owedOutside(
  db: Db,
  connectionId: string,
  { currency, leastMinor, mostMinor, stepMinor }: Chargeable,
): Promise<MirroredInvoice[]> {
  return db
    .select(facts)
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, connectionId),
        eq(invoices.currency, currency),
        sql`${invoices.type} = 'ACCREC' and ${invoices.status} = 'AUTHORISED' and ${invoices.dueMinor} > 0`,
        sql`(${invoices.dueMinor} < ${leastMinor} or ${invoices.dueMinor} > ${mostMinor} or ${invoices.dueMinor} % ${stepMinor} <> 0)`,
      ),
    )
    .orderBy(invoices.number, invoices.invoiceId)
    .limit(5);
}

/** How long what is owed has been due. */
export const AGES = ["not_due", "to_30", "to_60", "to_90", "over_90"] as const;
export type Age = (typeof AGES)[number];

export type OwedByAge = { currency: string; age: Age; count: number; minor: bigint };

/** What customers owe in these books (Xero's AmountDue), a sum a currency and age; `today` is the firm's. One query. */
export async function outstandingByAge(db: Db, connectionIds: string[], today: string): Promise<OwedByAge[]> {
  if (connectionIds.length === 0) return [];
  const late = sql`(${today}::date - ${invoices.dueDate})`;
  const rows = await db
    .select({
      currency: invoices.currency,
      age: sql<Age>`case when ${late} > 90 then 'over_90' when ${late} > 60 then 'to_90'
        when ${late} > 30 then 'to_60' when ${late} > 0 then 'to_30' else 'not_due' end`,
      count: sql<number>`count(*)::int`,
      minor: sql<string>`sum(${invoices.dueMinor})`,
    })
    .from(invoices)
    .where(
      and(
        inArray(invoices.connectionId, connectionIds),
        // As the index of what is outstanding has it.
        sql`${invoices.type} = 'ACCREC' and ${invoices.status} = 'AUTHORISED' and ${invoices.dueMinor} > 0`,
      ),
    )
    .groupBy(sql`1`, sql`2`);
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

export type SyncState = {
  kind: CursorKind;
  page: number | null;
  pages: number | null;
  rows: number;
  startedAt: Date;
  backfilledAt: Date | null;
  syncedAt: Date | null;
};

/** How fresh the mirror of each connection is, for staff pages and for the decision to take money while Xero is silent. */
export async function syncStates(db: Db, connectionIds: string[]): Promise<Map<string, SyncState[]>> {
  return Map.groupBy(await listCursors(db, connectionIds), (cursor) => cursor.connectionId);
}
