import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { rowsOf } from "#lib/core/rows-of.ts";
import { type PayerFirm, selectPayerFirm } from "#lib/firms/read.ts";
import {
  cutRange,
  type MirroredContact,
  type MirroredInvoice,
  selectAsked,
  selectContacts,
} from "#lib/mirror/read.ts";
import { type OpenHold, selectOpenHolds } from "#lib/payments/open-holds.ts";
import { selectUnreflected, type Unreflected } from "#lib/posting/read.ts";
import { type PayAccount, selectPayAccount } from "#lib/processor/read.ts";
import {
  byStanding,
  type PayConnection,
  selectConnections,
} from "#lib/xero/organisations/pay-connections.ts";
import { selectCheckoutIds } from "../store.ts";
import type { Link } from "./link-rules.ts";
import { type Seen, selectCounts, type Try } from "./link-tries-store.ts";

/** The firm that does not exist and its connection: they are looked for in the same steps as others. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** All that is known where a link leads, of one instant. */
export type LinkFacts = {
  firm: PayerFirm | null;
  /** Its live connections, the oldest first, and the ids of those that staff have ended. */
  live: PayConnection[];
  ended: string[];
  account: PayAccount | undefined;
  /** Of all these connections: what has one of the link's numbers, and what else those customers owe. */
  invoices: MirroredInvoice[];
  /** Of these invoices. */
  contacts: (MirroredContact & { connectionId: string; contactId: string })[];
  holds: OpenHold[];
  sent: Unreflected[];
  /** Checkouts that the browser began. */
  ownCheckoutIds: string[];
  /** What was asked of the firm before. */
  seen: Seen;
};

/**
 * A value that PostgreSQL does not see when it plans: so it makes one plan for all links and keeps it. For each link anew,
 * planning took three times as long as reading.
 */
const text = (name: string) => sql`(select ${sql.placeholder(name)}::text)`;
const texts = (name: string) => sql`(select ${sql.placeholder(name)}::text[])::text[]`;
const nobody = sql.raw(`'${NOBODY}'::uuid`);

const statement = prepared("link", (db) => {
  const firm = db
    .$with("firm")
    .as(selectPayerFirm(db, { companySlug: text("companySlug"), firmSlug: text("firmSlug") }));
  const firmId = sql`coalesce((select ${firm.firmId} from ${firm}), ${nobody})`;
  const account = db.$with("account").as(selectPayAccount(db, firmId));
  const books = db.$with("books").as(selectConnections(db, firmId));
  const connectionIds = sql`(array(select ${books.connectionId} from ${books}) || ${nobody})`;

  const [numbers, cutFrom, cutTo] = [texts("numbers"), text("cutFrom"), text("cutTo")];
  const found = db.$with("found").as(selectAsked(db, { connectionIds, numbers, cutFrom, cutTo }));
  const invoiceIds = sql`array(select ${found.invoiceId} from ${found})`;
  const contactIds = sql`array(select ${found.contactId} from ${found})`;
  const clients = db.$with("clients").as(selectContacts(db, { connectionIds, contactIds }));
  const held = db.$with("held").as(selectOpenHolds(db, { connectionIds, invoiceIds }));
  const sent = db.$with("sent").as(selectUnreflected(db, { connectionIds, invoiceIds }));

  const own = db.$with("own").as(selectCheckoutIds(db, texts("ownTokenHashes")));
  const [caller, question, invoiceKey] = [text("caller"), text("question"), text("invoiceKey")];
  const seen = db.$with("seen").as(selectCounts(db, { firmId, caller, question, invoiceKey }));

  return db
    .with(firm, account, books, found, clients, held, sent, own, seen)
    .select({
      firm: rowsOf(firm),
      account: rowsOf(account),
      books: rowsOf(books),
      invoices: rowsOf(found),
      contacts: rowsOf(clients),
      holds: rowsOf(held),
      sent: rowsOf(sent),
      own: rowsOf(own),
      seen: rowsOf(seen),
    })
    .from(sql`(select 1) one`);
});

/**
 * Reads what a link shows and all that decides about it: one statement, so one trip and one snapshot. A payment on its way
 * from hold to posting to mirror is seen once in it, wherever it is. Of the same shape whether or not anything is found.
 */
export async function readLink(
  db: Db,
  {
    link,
    tried,
    ...place
  }: {
    companySlug: string;
    firmSlug: string;
    link: Link;
    ownTokenHashes: string[];
    tried: Omit<Try, "firmId">;
  },
): Promise<LinkFacts> {
  const { numbers, cutAtHash } = link;
  const [row] = await statement(db, { ...place, ...tried, numbers, ...cutRange(cutAtHash) });
  const [seen] = row?.seen ?? [];
  if (!row || !seen) throw new Error("A link was not read");
  const { firm, account, books, invoices, contacts, holds, sent, own } = row;
  return {
    firm: firm[0] ?? null,
    ...byStanding(books),
    account: account[0],
    ...{ invoices, contacts, holds, sent, seen },
    ownCheckoutIds: own.map(({ id }) => id),
  };
}
