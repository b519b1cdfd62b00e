/**
 * Test only: what a pay link shows as it was read before one statement read it all, query by query, each of its own moment.
 * The one statement is held against this: see lib/checkout/links/read-link.property.it.test.ts.
 */
import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { checkouts } from "#db/schema/checkout.ts";
import { companies, firms } from "#db/schema/firms.ts";
import { contacts, invoices } from "#db/schema/mirror.ts";
import { attempts, holds } from "#db/schema/payments.ts";
import { postingLines, postings } from "#db/schema/posting.ts";
import { processorAccounts } from "#db/schema/processor.ts";
import { connections, grants } from "#db/schema/xero.ts";
import { mayRead } from "#lib/checkout/code/access.ts";
import { addressesOf } from "#lib/checkout/code/code-addresses.ts";
import {
  AT_FIRM,
  AT_INVOICE,
  invoiceKey,
  OF_CALLER,
  questionOf,
  standingOf,
} from "#lib/checkout/links/link-guess-rules.ts";
import type { Link } from "#lib/checkout/links/link-rules.ts";
import { insertTry, markRight, type Try } from "#lib/checkout/links/link-tries-store.ts";
import type { LinkQuestion, OpenedLink } from "#lib/checkout/links/open-link.ts";
import { amountOf, askedInvoice, judged, toLine, withoutOwnHold } from "#lib/checkout/payable-lines-rules.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { prepared } from "#lib/core/prepared.ts";
import { leastPart } from "#lib/firms/rules.ts";
import type { MirroredInvoice } from "#lib/mirror/read.ts";
import { requestSync } from "#lib/mirror/sync/request-sync.ts";
import type { InFlight } from "#lib/payments/in-flight.ts";
import { isTestInBooks, mayTakeFor } from "#lib/processor/test-mode.ts";
import { stopsPayments } from "#lib/xero/apps/scopes.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

export async function openLinkInSteps(db: Db, question: LinkQuestion): Promise<OpenedLink> {
  const { companySlug, firmSlug, link, access, caller } = question;
  const [firm] = await firmAt(db, { companySlug, firmSlug });
  if (!link || link.numbers.length === 0) return { kind: "cant_open" };
  const firmId = firm?.firmId ?? NOBODY;
  const { standing, isRight } = await countTry(db, { firmId, caller, link });
  const all = await liveConnections(db, firmId);
  const ended = await endedOf(db, { firmId });
  const [account] = await accountOf(db, { firmId });
  if (firm && all.length === 0) {
    await isRight();
    return { kind: "not_set_up", firm };
  }
  const { shortCode } = link;
  const candidates = shortCode === null ? all : all.filter((books) => books.shortCode === shortCode);
  const others = shortCode === null ? ended.map(({ id }) => id) : [];

  const found = await byNumber(db, {
    connectionIds: [NOBODY, ...others, ...candidates.map((books) => books.connectionId)],
    numbers: link.numbers,
    cutFrom: link.cutAtHash === null ? null : `${link.cutAtHash}#`,
    cutTo: link.cutAtHash === null ? null : `${link.cutAtHash}$`,
  });
  const proved = (invoice: MirroredInvoice) => mayRead(access, invoice.connectionId, invoice.contactId);
  const asked = askedInvoice(link, found, proved);
  const books = candidates.find((one) => one.connectionId === asked?.connectionId);
  if (!firm || !asked || !books || (standing === "closed" && !proved(asked))) {
    const mayBeNew = link.amount !== null && standing !== "closed";
    await requestSync(db, [NOBODY, ...(mayBeNew ? candidates.map(({ connectionId }) => connectionId) : [])]);
    return { kind: "cant_open" };
  }

  await isRight();
  const isTest = account !== undefined && isTestInBooks(account, books);
  if (asked.status === "PAID") return { kind: "paid", firm, books, invoice: asked, isTest };
  if (!books.clearingAccountId || !account || !mayTakeFor(account, books))
    return { kind: "not_set_up", firm };
  if (asked.isUnread || !books.usable) return { kind: "not_now", firm };

  const showsAll = firm.privacy === "open" && standing === "open";
  const theirs = found.filter(
    (invoice) =>
      isOwed(invoice) &&
      !invoice.isUnread &&
      invoice.contactId === asked.contactId &&
      invoice.connectionId === asked.connectionId &&
      (showsAll || proved(asked) || invoice.invoiceId === asked.invoiceId),
  );
  const which = {
    connectionId: books.connectionId,
    invoiceIds: theirs.map((invoice) => invoice.invoiceId),
  };
  const flights = await inFlight(db, which);
  const [contact] = await contactOf(db, { ...which, contactId: asked.contactId });
  const own = (await checkoutsOf(db, { tokenHashes: question.ownTokenHashes })).map(({ id }) => id);
  const now = await byIds(db, which);
  const still = now.find((invoice) => invoice.invoiceId === asked.invoiceId);
  if (still?.status === "PAID") return { kind: "paid", firm, books, invoice: still, isTest };
  if (!still || !isOwed(still)) return { kind: "cant_open" };
  const { currency } = asked;
  const lines = judged(
    now
      .filter(isOwed)
      .map((invoice) => toLine(invoice, withoutOwnHold(flights.get(invoice.invoiceId), own), currency)),
    { currency, minimumMinor: leastPart(firm, { currency, invoices: 1 }) },
  );
  const said = amountOf(link, currency);
  return {
    kind: "open",
    firm,
    books,
    contactId: asked.contactId,
    contactName: proved(asked) ? (contact?.name ?? null) : null,
    currency,
    askedId: asked.invoiceId,
    lines: [
      ...lines.filter((line) => line.invoiceId === asked.invoiceId),
      ...lines.filter((line) => line.invoiceId !== asked.invoiceId),
    ],
    linkSaidMinor: said !== null && said !== asked.dueMinor ? said : null,
    isTest,
    codes:
      showsAll || proved(asked)
        ? null
        : addressesOf(asked.contactId, contact ?? { email: null, persons: [] }).map(({ key, masked }) => ({
            key,
            masked,
          })),
  };
}

function isOwed({ status, type, dueMinor }: MirroredInvoice): boolean {
  return status === "AUTHORISED" && type === "ACCREC" && dueMinor > 0n;
}

const value = sql.placeholder;

const firmAt = prepared("steps-firm", (db) =>
  db
    .select({
      firmId: firms.id,
      name: firms.name,
      companyName: companies.name,
      privacy: firms.privacy,
      accent: firms.accent,
      hasLogo: sql<boolean>`${firms.logo} is not null`,
      supportEmail: firms.supportEmail,
      supportPhone: firms.supportPhone,
      partMinimumMinor: firms.partMinimumMinor,
      partCurrency: firms.partCurrency,
      partFromInvoices: firms.partFromInvoices,
    })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .where(and(eq(companies.slug, value("companySlug")), eq(firms.slug, value("firmSlug")))),
);

async function countTry(
  db: Db,
  { firmId, caller, link }: { firmId: string; caller: string | null; link: Link },
) {
  const tried: Try = {
    firmId,
    caller: caller ?? "",
    question: hashOf(questionOf(link)),
    invoiceKey: invoiceKey(link),
    number: link.numbers[0] ?? "",
  };
  await insertTry(db, tried);
  const [counts] = await counted(db, tried);
  if (!counts) throw new Error("Tries were not counted");
  return { standing: standingOf(counts, caller !== null), isRight: () => markRight(db, tried) };
}

const [firmId, caller, question] = [value("firmId"), value("caller"), value("question")];
const wrong = (fits: SQL, age: string, limit: number) =>
  sql<number>`(select count(*)::int from (select 1 from link_tries where firm_id = ${firmId} and right_at is null
    and at > now() - ${sql.raw(`interval '${age}'`)} and ${fits} limit ${sql.raw(String(limit))}) wrong)`;
const atInvoice = sql`invoice_key = ${value("invoiceKey")}`;
const ofCaller = sql`caller = ${caller}`;
const other = sql`not (caller = ${caller} and question = ${question})`;

const counted = prepared("steps-tries", (db) =>
  db
    .select({
      isCounted: sql<boolean>`exists (select 1 from link_tries where firm_id = ${firmId} and caller = ${caller} and question = ${question})`,
      callerAtInvoice: wrong(sql`${ofCaller} and ${atInvoice} and ${other}`, "1 day", AT_INVOICE),
      ofCaller: wrong(sql`${ofCaller} and ${other}`, "10 minutes", OF_CALLER),
      atFirm: wrong(other, "10 minutes", AT_FIRM),
      atInvoice: wrong(sql`${atInvoice} and ${other}`, "1 day", AT_INVOICE),
    })
    .from(sql`(select 1) one`),
);

const liveOf = prepared("steps-connections", (db) =>
  db
    .select({
      connectionId: connections.id,
      organisationName: connections.organisationName,
      legalName: connections.legalName,
      registrationNumber: connections.registrationNumber,
      shortCode: connections.shortCode,
      tenantId: connections.tenantId,
      baseCurrency: connections.baseCurrency,
      isDemo: connections.isDemo,
      countryCode: connections.countryCode,
      timeZone: connections.timeZone,
      state: connections.state,
      stateReason: connections.stateReason,
      endedAt: connections.endedAt,
      grantState: grants.state,
      clearingAccountId: connections.clearingAccountId,
    })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(and(eq(connections.firmId, firmId), isNull(connections.endedAt)))
    .orderBy(connections.connectedAt, connections.id),
);

async function liveConnections(db: Db, ofFirm: string): Promise<PayConnection[]> {
  const rows = await liveOf(db, { firmId: ofFirm });
  return rows.map(({ state, stateReason, grantState, endedAt, ...row }) => {
    const takesPayments =
      state === "healthy" || (state === "missing_scope" && !stopsPayments(stateReason ?? ""));
    return { ...row, usable: takesPayments && grantState === "active" && endedAt === null };
  });
}

const endedOf = prepared("steps-ended", (db) =>
  db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.firmId, firmId), isNotNull(connections.endedAt))),
);

const accountOf = prepared("steps-account", (db) =>
  db
    .select({
      id: processorAccounts.id,
      livemode: processorAccounts.livemode,
      chargesEnabled: processorAccounts.chargesEnabled,
      testAllowed: sql<boolean>`${processorAccounts.testAllowedAt} is not null`,
    })
    .from(processorAccounts)
    .where(and(eq(processorAccounts.firmId, firmId), isNull(processorAccounts.endedAt))),
);

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
  isUnread: sql<boolean>`exists (select 1 from unread_rows unread where unread.kind = 'invoices' and unread.why <> 'rung'
    and unread.connection_id = invoices.connection_id and unread.xero_id = invoices.invoice_id)`,
};

const isAsked = (table: "invoices" | "asked") => {
  const [connection, number] = [sql.raw(`${table}.connection_id`), sql.raw(`${table}.number`)];
  return sql`${connection} = any(${value("connectionIds")}) and (${number} = any(${value("numbers")})
    or (${number} ~>=~ ${value("cutFrom")} and ${number} ~<~ ${value("cutTo")}))`;
};

const byNumber = prepared("steps-invoices", (db) =>
  db
    .select(facts)
    .from(invoices)
    .where(
      sql`(${invoices.connectionId}, ${invoices.invoiceId}) in (
        select connection_id, invoice_id from invoices where ${isAsked("invoices")}
        union
        select theirs.connection_id, theirs.invoice_id
        from invoices asked join invoices theirs using (connection_id, contact_id)
        where ${isAsked("asked")} and asked.type = 'ACCREC'
          and theirs.type = 'ACCREC' and theirs.status = 'AUTHORISED' and theirs.due_minor > 0)`,
    )
    .orderBy(invoices.dueDate, invoices.number, invoices.invoiceId),
);

const byIds = prepared("steps-invoices-again", (db) =>
  db
    .select(facts)
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, value("connectionId")),
        sql`${invoices.invoiceId} = any(${value("invoiceIds")})`,
      ),
    )
    .orderBy(invoices.dueDate, invoices.number, invoices.invoiceId),
);

const contactOf = prepared("steps-contact", (db) =>
  db
    .select({ name: contacts.name, email: contacts.email, persons: contacts.persons })
    .from(contacts)
    .where(and(eq(contacts.connectionId, value("connectionId")), eq(contacts.contactId, value("contactId")))),
);

const checkoutsOf = prepared("steps-checkouts", (db) =>
  db
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(sql`${checkouts.tokenHash} = any(${value("tokenHashes")})`),
);

const openHolds = prepared("steps-holds", (db) =>
  db
    .select({
      connectionId: holds.connectionId,
      invoiceId: holds.invoiceId,
      amountMinor: holds.amountMinor,
      attemptId: holds.attemptId,
      checkoutId: attempts.checkoutId,
      since: holds.createdAt,
      until: attempts.expiresAt,
      submittedAt: attempts.submittedAt,
    })
    .from(holds)
    .innerJoin(attempts, eq(attempts.id, holds.attemptId))
    .where(
      and(
        eq(holds.connectionId, value("connectionId")),
        sql`${holds.invoiceId} = any(${value("invoiceIds")})`,
        eq(holds.state, "open"),
      ),
    ),
);

const unreflected = prepared("steps-unreflected", (db) =>
  db
    .select({
      invoiceId: postingLines.invoiceId,
      amountMinor: postingLines.amountMinor,
      since: postings.createdAt,
    })
    .from(postingLines)
    .innerJoin(postings, eq(postings.id, postingLines.postingId))
    .where(
      and(
        eq(postingLines.connectionId, value("connectionId")),
        sql`${postingLines.invoiceId} = any(${value("invoiceIds")})`,
        isNull(postingLines.reflectedAt),
      ),
    ),
);

async function inFlight(
  db: Db,
  which: { connectionId: string; invoiceIds: string[] },
): Promise<Map<string, InFlight>> {
  const held = await openHolds(db, which);
  const sent = await unreflected(db, which);
  const flights = new Map<string, InFlight>();
  for (const invoiceId of new Set([...held, ...sent].map((row) => row.invoiceId))) {
    const lines = sent.filter((line) => line.invoiceId === invoiceId);
    flights.set(invoiceId, {
      hold: held.find((hold) => hold.invoiceId === invoiceId) ?? null,
      sentMinor: sumOf(lines.map((line) => line.amountMinor)),
      sentSince: lines.map((line) => line.since).sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    });
  }
  return flights;
}
