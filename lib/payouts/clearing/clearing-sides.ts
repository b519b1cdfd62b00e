import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { payoutSettings, payouts } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { moneyFacts, type Paid } from "#lib/payments/money-facts.ts";
import { clearingDocuments } from "#lib/posting/read-clearing.ts";
import type { XeroTransfer } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { withXero } from "#lib/xero/call.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";
import { idsOf, isSettled } from "../rules.ts";
import { listEntries, listEntriesElsewhere, type Payout, type PayoutSettings } from "../store.ts";
import type { Books, Entry } from "./clearing-facts.ts";
import { withoutPaidBefore } from "./clearing-mark-rules.ts";

/** A clearing account that payouts are written from. */
export type SetUp = { connection: PayConnection; settings: PayoutSettings; accountId: string };

/** Which part of an organisation's records a look takes. */
export type Scope = {
  payments: Paid;
  /** Whether a payout is set aside. */
  isAside(payout: Payout): boolean;
  /** Payouts that arrive from this day on are not looked into; null: all are. */
  until: string | null;
};

/**
 * Both sides of an account, and the transfers among the entries as Xero has them. `sumBefore`: what is dated from this day on
 * is in no sum yet.
 */
export type Seen = { books: Books; transfers: XeroTransfer[]; sumBefore: string };

export type OurSide = Pick<Books, "documents" | "money" | "payouts" | "payoutEntries">;

/**
 * What the desk and the processor have of it, in one snapshot. To be read before Xero's side: what is written while Xero is
 * asked is found there by its reference.
 */
export async function ourSide(
  db: Db,
  connectionId: string,
  { payments, isAside, until }: Scope,
): Promise<OurSide> {
  return db.transaction(
    async (tx) => {
      const listed = await tx
        .select()
        .from(payouts)
        .where(and(inArray(payouts.id, payoutsOf(tx, connectionId)), isNotNull(payouts.listedAt)))
        .orderBy(payouts.madeAt, payouts.id);
      const all = listed.map((one) => ({
        ...one,
        settledAt: isAside(one) ? (one.settledAt ?? new Date()) : null,
      }));
      const into = idsOf(all, (one) => !isSettled(one) && (until === null || one.arrivesOn < until));
      const { money, captureOf } = await moneyFacts(tx, connectionId, payments);
      const entries = await listEntries(tx, [...into]);
      const elsewhere = await listEntriesElsewhere(tx, {
        payoutIds: all.flatMap(({ id }) => (into.has(id) ? [] : id)),
        captureIds: money.captures.map(({ id }) => id),
      });
      const sources = [...captureOf.keys(), ...into, ...entries.map(({ id }) => id)];
      const payoutEntries = [...entries, ...elsewhere];
      const documents = await clearingDocuments(tx, connectionId, { captureOf, sources });
      return {
        money,
        documents: withoutPaidBefore({ documents, payouts: all, payoutEntries }),
        payouts: all,
        payoutEntries,
      };
    },
    { isolationLevel: "repeatable read" },
  );
}

/** Written for it, or not told yet and of the same firm. */
function payoutsOf(tx: Db, connectionId: string) {
  return tx
    .select({ id: payouts.id })
    .from(payouts)
    .where(
      sql`${payouts.connectionId} = ${connectionId} or (${payouts.connectionId} is null and ${payouts.firmId} = (select firm_id from ${payoutSettings} where connection_id = ${connectionId}))`,
    );
}

type Asked = {
  accountId: string;
  currency: string;
  /** Entries from this day on, and before that one; null: no such bound. */
  since: string | null;
  until: string | null;
  /** Transfers from this day on; null: all. */
  transfersSince: string | null;
  /** Which rows of a page are kept; without it all are. */
  keep?: ((rows: Entry[]) => Promise<Entry[]>) | undefined;
};

/**
 * What payments and bank transactions left on the account, payments first. Xero tells no balance without a scope for
 * reports; these and the transfers, which the desk may read, make it up. Throws XeroFault.
 */
export async function xeroSide(
  db: Db,
  connectionId: string,
  { transfersSince, keep = async (rows) => rows, ...of }: Asked,
): Promise<{ entries: Entry[]; transfers: XeroTransfer[] }> {
  const ask = <T>(work: (xero: XeroApi) => Promise<T>) => withXero(db, connectionId, "sync", work);
  const transfers = await ask((xero) => xero.transfers({ accountId: of.accountId, since: transfersSince }));
  const sides = new Map(
    transfers.flatMap((transfer) => transfer.sideIds.map((id) => [id, transfer] as const)),
  );
  const entries: Entry[] = [];
  for (const isPayment of [true, false]) {
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const read = await ask((xero) =>
        isPayment ? xero.paymentEntries({ ...of, page }) : xero.bankEntries({ ...of, page }),
      );
      pages = read.pages;
      const rows = read.rows.map((entry) => {
        const transfer = sides.get(entry.entryId);
        const reference = entry.reference ?? transfer?.reference ?? null;
        return { ...entry, isPayment, reference, transferId: transfer?.transferId ?? null };
      });
      entries.push(...(await keep(rows)));
    }
  }
  return { entries, transfers };
}

const byKind = (a: Entry, b: Entry) => Number(b.isPayment) - Number(a.isPayment);

/** The two sides of an account, held against each other; `carried` are entries that need no reading, unless a person moved them to another day. */
export function booksOf(
  { connection, settings, accountId }: SetUp,
  { ours, carried, entries }: { ours: OurSide; carried: Entry[]; entries: Entry[] },
): Books {
  const read = new Set(entries.map(({ entryId }) => entryId));
  const others = carried.filter(({ entryId }) => !read.has(entryId));
  return {
    ...ours,
    ...{ accountId, baseCurrency: connection.baseCurrency, startsOn: settings.startsOn },
    entries: [...others, ...entries].toSorted(byKind),
  };
}
