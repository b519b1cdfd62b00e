import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { clearingChecks, payoutSettings, payouts } from "#db/schema/payouts.ts";
import { type Db, databaseNow } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/each-alone.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import { capturesWithNews, moneyFacts } from "#lib/payments/for-payouts.ts";
import { isThere } from "#lib/posting/in-xero.ts";
import { clearingDocuments, writtenHere } from "#lib/posting/read-clearing.ts";
import { withXero } from "#lib/xero/call.ts";
import { appErrorOf } from "#lib/xero/fault-words.ts";
import { type PayConnection, payConnection, payConnections } from "#lib/xero/pay-connections.ts";
import { type XeroApi, XeroFault, type XeroTransfer } from "#lib/xero/types.ts";
import type { Books, Entry, Line } from "./clearing-facts.ts";
import { keepMark, type Mark, markToReadOn } from "./clearing-mark.ts";
import { earliest, idsIn, readFrom, toCarry, toSettle, withoutSettled } from "./clearing-mark-rules.ts";
import { type ClearingReport, reportOf } from "./clearing-report.ts";
import { balanceOf, explain } from "./clearing-rules.ts";
import { codedElsewhere } from "./coded-elsewhere.ts";
import { isSettled } from "./rules.ts";
import {
  CLEARING,
  getSettings,
  isSetAside,
  listEntries,
  listSettledEntries,
  type PayoutSettings,
  reopenPayouts,
} from "./store.ts";

/** Looks at every clearing account that payouts are written from: on Sundays at all of it, else at what is open. */
export async function checkAllClearing(db: Db): Promise<void> {
  const isSunday = new Date().getUTCDay() === 0;
  await eachAlone(db, await db.select().from(payoutSettings), {
    kind: CLEARING,
    idOf: ({ connectionId }) => connectionId,
    work: ({ connectionId }) =>
      isSunday ? checkClearing(db, connectionId) : checkClearingSinceLast(db, connectionId),
  });
}

/** A person asks for it now. Throws AppError when Xero can't be read. */
export async function checkClearingNow(db: Db, caller: FirmCaller, connectionId: string): Promise<void> {
  requireAbility(caller.firm, "act");
  const settings = await getSettings(db, connectionId);
  if (settings?.firmId !== caller.firm.firmId)
    throw new AppError("not_found", "Payouts are not set up for this organisation.");
  await checkClearing(db, connectionId);
}

/** Of every organisation of a firm that payouts are set up for, by the firm's path: "quickfee/demo". Throws AppError. */
export async function checkClearingOfFirm(
  db: Db,
  path: string,
): Promise<{ organisationName: string; report: ClearingReport }[]> {
  const firm = await findFirmByPath(db, path);
  if (!firm) throw new AppError("not_found", `There is no firm ${path} on this desk.`);
  const found: { organisationName: string; report: ClearingReport }[] = [];
  for (const { connectionId, organisationName } of await payConnections(db, firm.firmId)) {
    if (await getSettings(db, connectionId))
      found.push({ organisationName, report: await checkClearing(db, connectionId) });
  }
  if (found.length === 0)
    throw new AppError("conflict", "Payouts are not set up: Settings, Payouts. There is nothing to check.");
  return found;
}

/** Holds all that Xero has on the clearing account against desk and processor, and keeps what came of it. Throws AppError. */
export async function checkClearing(db: Db, connectionId: string): Promise<ClearingReport> {
  return check(db, await setUpOf(db, connectionId), null);
}

/**
 * The same of what the last check left open and what came since; of all when there is no such check, or when a week has
 * passed since all was read. Throws AppError.
 */
export async function checkClearingSinceLast(db: Db, connectionId: string): Promise<ClearingReport> {
  const setUp = await setUpOf(db, connectionId);
  return check(db, setUp, await markToReadOn(db, setUp));
}

type SetUp = { connection: PayConnection; settings: PayoutSettings; accountId: string };

async function setUpOf(db: Db, connectionId: string): Promise<SetUp> {
  const connection = await payConnection(db, connectionId);
  const settings = await getSettings(db, connectionId);
  if (!connection?.clearingAccountId || !settings)
    throw new AppError("conflict", "Payouts are not set up for this organisation.");
  return { connection, settings, accountId: connection.clearingAccountId };
}

async function check(db: Db, setUp: SetUp, mark: Mark | null): Promise<ClearingReport> {
  const { connection, settings, accountId } = setUp;
  const { connectionId, baseCurrency } = connection;
  const readAt = await databaseNow(db);
  const today = readAt.toISOString().slice(0, 10);
  try {
    if (mark) {
      const captureIds = await capturesWithNews(db, connectionId, mark.newsFrom);
      await reopenPayouts(db, connectionId, { captureIds, since: mark.newsFrom });
    }
    // Our side first: what is written while we ask Xero is found there by its reference.
    const ours = await ourSide(db, settings, mark === null ? "all" : "open");
    const since = mark && earliest([mark.since, readFrom(ours, today)]);
    // A sum can't be read again in part.
    if (mark && since && since < mark.since && since < settings.startsOn) return await check(db, setUp, null);
    const asked = { accountId, currency: baseCurrency, since, documents: ours.documents };
    const found = await onAccount(db, connectionId, asked);
    const entries = [...(mark && since ? mark.entriesBefore(since) : []), ...found.entries].toSorted(
      (a, b) => Number(b.isPayment) - Number(a.isPayment),
    );
    const books: Books = { ...ours, accountId, baseCurrency, startsOn: settings.startsOn, entries };
    await mustBeGone(db, connectionId, books);
    const { transfers } = found;
    const lines = [
      ...(await lookFurther(db, connection, explain(books))),
      ...(await codedElsewhere(db, settings, { baseCurrency, documents: ours.documents, transfers })),
    ];
    const report = reportOf({ currency: baseCurrency, balanceMinor: balanceOf(books), lines });
    const settled = toSettle(books, { lines, transfers, today });
    const open = withoutSettled(books, settled);
    const from = readFrom(open, today);
    const row = { connectionId, firmId: settings.firmId, report, checkedAt: sql`now()` };
    await db.transaction(async (tx) => {
      await tx
        .insert(clearingChecks)
        .values(row)
        .onConflictDoUpdate({ target: clearingChecks.connectionId, set: row });
      const next = { ...toCarry(books, { open, since: from }), since: from, readAt, settled: [...settled] };
      await keepMark(tx, setUp, { last: mark, next });
    });
    return report;
  } catch (error) {
    if (error instanceof XeroFault) throw appErrorOf(error);
    throw error;
  }
}

/** All of it, as if nothing were set aside; or what is open. */
async function ourSide(db: Db, { connectionId }: PayoutSettings, which: "all" | "open") {
  return db.transaction(
    async (tx) => {
      const found = await tx
        .select()
        .from(payouts)
        .where(and(inArray(payouts.id, payoutsOf(tx, connectionId)), isNotNull(payouts.listedAt)));
      if (which === "all") {
        const { money, captureOf } = await moneyFacts(tx, connectionId);
        return {
          money,
          documents: await clearingDocuments(tx, connectionId, { captureOf }),
          payouts: found.map((one) => ({ ...one, settledAt: null })),
          payoutEntries: await listEntries(
            tx,
            found.map(({ id }) => id),
          ),
        };
      }
      const { money, captureOf } = await moneyFacts(tx, connectionId, isSetAside);
      const open = found.filter((one) => !isSettled(one)).map(({ id }) => id);
      const entries = await listEntries(tx, open);
      const sources = [...captureOf.keys(), ...open, ...entries.map(({ id }) => id)];
      const settled = await listSettledEntries(
        tx,
        connectionId,
        money.captures.map(({ id }) => id),
      );
      return {
        money,
        documents: await clearingDocuments(tx, connectionId, { captureOf, sources }),
        payouts: found,
        payoutEntries: [...entries, ...settled],
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
  since: string | null;
  documents: Books["documents"];
};

/**
 * Xero tells no balance without a scope for reports; what the desk may read makes it up: payments, bank transactions,
 * transfers. All of them, or since a day those of them that are of no document that is set aside.
 */
async function onAccount(
  db: Db,
  connectionId: string,
  { documents, ...of }: Asked,
): Promise<{ entries: Entry[]; transfers: XeroTransfer[] }> {
  const { accountId, since } = of;
  const ask = <T>(work: (xero: XeroApi) => Promise<T>) => withXero(db, connectionId, "sync", work);
  const transfers = await ask((xero) => xero.transfers({ accountId, since }));
  const sides = new Map(
    transfers.flatMap((transfer) => transfer.sideIds.map((id) => [id, transfer] as const)),
  );
  const open = new Set(documents.flatMap(({ xeroIds, reference }) => [...xeroIds, reference]));
  const keep = async (rows: Entry[]) => {
    if (since === null) return rows;
    const isOpen = (row: Entry) => [...idsIn(row), row.reference ?? ""].some((name) => open.has(name));
    const others = rows.filter((row) => !isOpen(row));
    const written = await writtenHere(db, connectionId, others.flatMap(idsIn));
    return rows.filter((row) => isOpen(row) || !idsIn(row).some((id) => written.has(id)));
  };
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

const PAYMENTS = ["payment", "batch_payment", "credit_refund"] as const;
const isPayment = (kind: string): kind is (typeof PAYMENTS)[number] =>
  PAYMENTS.some((payment) => payment === kind);

/**
 * A payment of ours that Xero leaves out of the account must also be gone when it is asked for by its id, or the whole list
 * is wrong. One stands for all: it costs one call. Throws XeroFault.
 */
async function mustBeGone(
  db: Db,
  connectionId: string,
  { accountId, documents, entries }: Books,
): Promise<void> {
  const listed = new Set(entries.map(({ entryId }) => entryId));
  const removed = new Set(documents.filter(({ kind }) => kind === "removal").map((one) => one.targetId));
  const missing = documents.findLast(
    (one) =>
      isPayment(one.kind) &&
      one.state === "done" &&
      one.accountId === accountId &&
      !removed.has(one.xeroId) &&
      !one.xeroIds.some((id) => listed.has(id)),
  );
  if (!missing?.xeroId || !isPayment(missing.kind)) return;
  const { xeroId, kind } = missing;
  if (await isThere(db, connectionId, { xeroId, kind })) throw new XeroFault({ kind: "unreadable" });
}

/** So many missing documents are looked for elsewhere; more would cost the organisation's calls. */
const LOOKED_FOR = 10;

/** What is gone from the account may stand on another one. */
async function lookFurther(db: Db, { connectionId }: PayConnection, lines: Line[]): Promise<Line[]> {
  const gone = lines.flatMap(({ cause, about }) =>
    cause === "removed" && about.kind === "document" ? about.reference : [],
  );
  const elsewhere = new Set<string>();
  for (const reference of gone.slice(0, LOOKED_FOR)) {
    const found = await withXero(db, connectionId, "sync", (xero) => xero.findFees(reference));
    if (found.length > 0) elsewhere.add(reference);
  }
  return lines.map((line) =>
    line.about.kind === "document" && elsewhere.has(line.about.reference)
      ? { ...line, cause: "elsewhere" }
      : line,
  );
}
