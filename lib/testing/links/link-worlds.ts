/** Test only: firms whose pay links lead to everything that a link can lead to. */
import { linkTries } from "#db/schema/checkout.ts";
import { companies, firms } from "#db/schema/firms.ts";
import { contacts, invoices, syncCursors, unreadRows } from "#db/schema/mirror.ts";
import { users } from "#db/schema/people.ts";
import { processorAccounts } from "#db/schema/processor.ts";
import { connections, grants, xeroApps } from "#db/schema/xero.ts";
import { AT_INVOICE, invoiceKey, OF_CALLER } from "#lib/checkout/links/link-guess-rules.ts";
import type { Db } from "#lib/core/db.ts";
import { chooser } from "../seeded.ts";
import { makePayments } from "./link-payments.ts";

export type LinkWorld = {
  companySlug: string;
  firms: (typeof firms.$inferSelect)[];
  books: (typeof connections.$inferSelect)[];
  invoices: (typeof invoices.$inferSelect)[];
  tokenHashes: string[];
  /** The firm that is ready to be paid. */
  ready: string | undefined;
};

/** Few, so that organisations share them; some are another's beginning up to a "#", one has letters that encode. */
export const NUMBERS = [
  ...Array.from({ length: 16 }, (_, at) => `INV-${at + 1}`),
  ...["A", "A#1", "A#1", "A#2", "Ré & 1+2", "Ré & 1+2"],
];
const AMOUNTS = [
  30n,
  100n,
  2_050n,
  10_000n,
  10_000n,
  25_000n,
  25_050n,
  40_000n,
  77_700n,
  9_007_199_254_740_993n,
];
/** What becomes of connections, with its reason; most are well. */
type Standing = [(typeof connections.$inferSelect)["state"], string | null];
const WELL: Standing = ["healthy", null];
const STANDINGS: Standing[] = [
  ...Array<Standing>(9).fill(WELL),
  ["disconnected", "gone"],
  ["missing_scope", "accounting.payments"],
  ["missing_scope", "accounting.banktransactions"],
];
export const DAY = 86_400_000;

/**
 * Writes a company with four firms straight into the tables; the same seed makes the same. One has connected its organisation
 * twice and is ready to be paid, one has only connections that ended, one no account at the processor.
 */
export async function makeWorld(db: Db, seed: number): Promise<LinkWorld> {
  const { pick, oneIn, many, hex, uuid, ago } = chooser(seed);
  const [companyId, userId, appId] = [uuid(), uuid(), uuid()];
  const companySlug = `w${seed}`;
  await db.insert(companies).values({ id: companyId, slug: companySlug, name: `World ${seed}` });
  await db
    .insert(users)
    .values({ id: userId, email: `${companySlug}@w.example`, name: "W", passwordHash: "-" });
  await db
    .insert(xeroApps)
    .values({ id: appId, companyId, kind: "oauth2", name: "App", clientId: hex(8), scopes: "openid" });
  const [consent, ...withdrawn] = [uuid(), uuid()];
  const consents = [consent, consent, consent, ...withdrawn];
  await db.insert(grants).values(
    [...new Set(consents)].map((id) => ({
      ...{ id, appId, xeroUserId: hex(8), scopes: "openid" },
      state: withdrawn.includes(id) ? ("needs_reconnect" as const) : ("active" as const),
    })),
  );
  const ours = await db
    .insert(firms)
    .values(
      many(4, 4, (at) => ({
        ...{ id: uuid(), companyId, slug: `f${at}`, name: `Firm ${at}` },
        privacy: pick("open", "code"),
        accent: pick(null, "#aa1100"),
        logo: pick(null, "data:image/png;base64,AA=="),
        supportEmail: pick(null, "ask@firm.example"),
        ...(oneIn(2) ? { partMinimumMinor: pick(500n, 20_000n), partCurrency: pick("AUD", "NZD") } : {}),
        partFromInvoices: pick(1, 1, 2),
      })),
    )
    .returning();

  const [, ready, left, withoutAccount] = ours.map(({ id }) => id);

  const accounts = await db
    .insert(processorAccounts)
    .values(
      ours.flatMap(({ id: firmId }) =>
        [...(firmId === withoutAccount ? [] : [null]), ...(oneIn(2) ? [ago(DAY)] : [])].map((endedAt) => ({
          ...{ id: uuid(), firmId, kind: "stripe" as const, accountRef: hex(8), displayName: "Stripe" },
          ...{ sealedSecretKey: "-", keyHint: "-", verifiedAt: ago(DAY), endedAt },
          livemode: pick(true, true, false),
          chargesEnabled: firmId === ready || !oneIn(6),
          testAllowedAt: firmId === ready ? ago(DAY) : pick(null, ago(DAY)),
        })),
      ),
    )
    .returning();

  const books = await db
    .insert(connections)
    .values(
      ours.flatMap(({ id: firmId }, at) =>
        many(firmId === ready ? 2 : 1, 4, (nth) => {
          const isReady = firmId === ready && nth === 0;
          const isTwin = firmId === ready && nth === 1;
          const [state, stateReason] = isReady ? WELL : pick(...STANDINGS);
          return {
            ...{ id: uuid(), firmId, xeroConnectionId: hex(8), tenantId: hex(12), connectedBy: userId },
            ...{ organisationName: `Books ${at}${nth}`, shortCode: `!${at}${nth}`, state, stateReason },
            ...{ baseCurrency: "AUD", countryCode: "AU", timeZone: "Australia/Sydney" },
            grantId: isReady ? consent : pick(...consents),
            legalName: pick(null, "Books Pty Ltd"),
            isDemo: oneIn(3),
            connectedAt: ago(100 * DAY),
            clearingAccountId: isReady || !oneIn(6) ? "clearing" : null,
            endedAt: isTwin || firmId === left || (!isReady && oneIn(4)) ? ago(DAY) : null,
          };
        }),
      ),
    )
    .returning();
  await db.insert(syncCursors).values(
    books.map(({ firmId, id: connectionId }) => ({
      ...{ firmId, connectionId, kind: "invoices" as const, syncedAt: ago(DAY) },
      dueAt: new Date(Date.now() + DAY),
    })),
  );

  const clients = await db
    .insert(contacts)
    .values(
      books.flatMap(({ firmId, id: connectionId }) =>
        many(2, 3, (at) => ({
          ...{ firmId, connectionId, contactId: `c${at}`, name: `Client ${at}`, status: "ACTIVE" },
          email: pick(null, `c${at}@client.example`, "no address"),
          persons: many(0, 2, (nth) => ({ email: `p${nth}@client.example`, isIncluded: oneIn(2) })),
          updatedAt: ago(DAY),
        })),
      ),
    )
    .returning();
  const sales = await db
    .insert(invoices)
    .values(
      clients.flatMap(({ firmId, connectionId, contactId }) =>
        many(3, 7, () => {
          const status = pick(...Array(5).fill("AUTHORISED"), "PAID", "PAID", "DRAFT", "VOIDED", "DELETED");
          const totalMinor = pick(...AMOUNTS);
          const dueMinor = status === "PAID" ? 0n : pick(totalMinor, totalMinor, totalMinor / 2n, 0n);
          return {
            ...{ firmId, connectionId, contactId, invoiceId: uuid(), status, totalMinor, dueMinor },
            type: pick(...Array(6).fill("ACCREC"), "ACCPAY"),
            number: oneIn(20) ? null : pick(...NUMBERS),
            currency: pick("AUD", "AUD", "AUD", "NZD", "KWD"),
            duesSeen: [totalMinor, ...(oneIn(3) ? [pick(...AMOUNTS)] : []), dueMinor],
            date: pick(null, "2026-10-01"),
            dueDate: pick(null, "2026-11-01", "2026-11-15", "2026-12-01"),
            fullyPaidOn: status === "PAID" ? pick(null, "2026-11-20") : null,
            updatedAt: ago(DAY),
            seenAt: ago(DAY),
          };
        }),
      ),
    )
    .returning();
  const unread = sales.filter(() => oneIn(8));
  await db.insert(unreadRows).values(
    unread.map(({ firmId, connectionId, invoiceId }) => ({
      ...{ firmId, connectionId, xeroId: invoiceId },
      kind: pick("invoices" as const, "invoices" as const, "payments" as const),
      why: pick("rung" as const, "left_out" as const, "unreadable" as const),
    })),
  );

  // What ended keeps its invoices under the same ids, as they were then.
  const [now, before] = books.filter(({ firmId }) => firmId === ready);
  const twins = sales
    .filter(({ connectionId }) => connectionId === now?.id && before && !oneIn(3))
    .map((sale) => ({
      ...{ ...sale, connectionId: before?.id ?? "" },
      status: pick(sale.status, "PAID", "AUTHORISED"),
    }));
  sales.push(...(await db.insert(invoices).values(twins).returning()));
  const tokenHashes = await makePayments(db, { seed, sales, accounts });
  await makeTries(db, { seed, ours });
  return { companySlug, firms: ours, books, invoices: sales, tokenHashes, ready };
}

/** Callers who have guessed: at one invoice too often, at all of them, long ago; and some who were right. */
async function makeTries(db: Db, { seed, ours }: { seed: number; ours: { id: string }[] }): Promise<void> {
  const { pick, many, hex, ago } = chooser(seed + 2_000);
  const rows = ours.flatMap(({ id: firmId }) => {
    const keyOf = (number: string) => invoiceKey({ ...NO_LINK, numbers: [number] });
    const tried = (caller: string, number: string, at: Date) => ({
      ...{ firmId, caller, question: hex(16), invoiceKey: keyOf(number), number, at },
      rightAt: pick(null, null, null, null, null, null, new Date()),
    });
    const now = () => ago(60_000);
    return [
      ...many(AT_INVOICE, AT_INVOICE + 2, () => tried("203.0.113.1", "INV-1", now())),
      ...many(AT_INVOICE - 3, AT_INVOICE, () => tried("203.0.113.1", "INV-2", ago(2 * DAY))),
      ...many(OF_CALLER, OF_CALLER + 4, (at) => tried("203.0.113.2", `X-${at}`, now())),
      ...many(1, AT_INVOICE + 2, () => tried(pick("", "203.0.113.3", "203.0.113.4"), "INV-3", now())),
    ];
  });
  await db.insert(linkTries).values(rows);
}

const NO_LINK = { numbers: [], cutAtHash: null, amount: null, shortCode: null, currency: null };
