import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { clearingChecks, payoutSettings, payouts } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/each-alone.ts";
import { AppError } from "#lib/core/errors.ts";
import { sumOf } from "#lib/core/money.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import { moneyFacts } from "#lib/payments/for-payouts.ts";
import { isThere } from "#lib/posting/in-xero.ts";
import { clearingDocuments } from "#lib/posting/read-clearing.ts";
import { withXero } from "#lib/xero/call.ts";
import { appErrorOf } from "#lib/xero/fault-words.ts";
import { type PayConnection, payConnection, payConnections } from "#lib/xero/pay-connections.ts";
import { type XeroApi, type XeroBankEntry, XeroFault, type XeroTransfer } from "#lib/xero/types.ts";
import type { Books, Line } from "./clearing-facts.ts";
import { type ClearingReport, reportOf } from "./clearing-report.ts";
import { explain } from "./clearing-rules.ts";
import { codedElsewhere } from "./coded-elsewhere.ts";
import { CLEARING, getSettings, listEntries } from "./store.ts";

/** Looks at every clearing account that payouts are written from. */
export async function checkAllClearing(db: Db): Promise<void> {
  await eachAlone(db, await db.select().from(payoutSettings), {
    kind: CLEARING,
    idOf: ({ connectionId }) => connectionId,
    work: ({ connectionId }) => checkClearing(db, connectionId),
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

/** Holds what Xero has on the clearing account against desk and processor, and keeps what came of it. Throws AppError. */
export async function checkClearing(db: Db, connectionId: string): Promise<ClearingReport> {
  const connection = await payConnection(db, connectionId);
  const settings = await getSettings(db, connectionId);
  if (!connection?.clearingAccountId || !settings)
    throw new AppError("conflict", "Payouts are not set up for this organisation.");
  const accountId = connection.clearingAccountId;
  try {
    // Our side first: what is written while we ask Xero is found there by its reference.
    const ours = await ourSide(db, connectionId);
    const { baseCurrency } = connection;
    const { entries, transfers } = await withXero(db, connectionId, "sync", (xero) =>
      onAccount(xero, { accountId, currency: baseCurrency }),
    );
    const books: Books = { ...ours, accountId, baseCurrency, startsOn: settings.startsOn, entries };
    const { documents } = ours;
    await mustBeGone(db, connectionId, books);
    const lines = [
      ...(await lookFurther(db, connection, explain(books))),
      ...(await codedElsewhere(db, settings, { baseCurrency, documents, transfers })),
    ];
    const balanceMinor = sumOf(entries.map(({ minor }) => minor));
    const report = reportOf({ currency: baseCurrency, balanceMinor, lines });
    const row = { connectionId, firmId: settings.firmId, report, checkedAt: sql`now()` };
    await db
      .insert(clearingChecks)
      .values(row)
      .onConflictDoUpdate({ target: clearingChecks.connectionId, set: row });
    return report;
  } catch (error) {
    if (error instanceof XeroFault) throw appErrorOf(error);
    throw error;
  }
}

async function ourSide(db: Db, connectionId: string) {
  return db.transaction(
    async (tx) => {
      const { money, captureOf } = await moneyFacts(tx, connectionId);
      const documents = await clearingDocuments(tx, connectionId, captureOf);
      const found = await tx
        .select()
        .from(payouts)
        .where(and(inArray(payouts.id, payoutsOf(tx, connectionId)), isNotNull(payouts.listedAt)));
      const payoutEntries = await listEntries(
        tx,
        found.map(({ id }) => id),
      );
      return { money, documents, payouts: found, payoutEntries };
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

/** Xero tells no balance without a scope for reports; what the desk may read makes it up: payments, bank transactions, transfers. */
async function onAccount(
  xero: XeroApi,
  of: { accountId: string; currency: string },
): Promise<{ entries: Books["entries"]; transfers: XeroTransfer[] }> {
  const payments = await allPages((page) => xero.paymentEntries({ ...of, page }));
  const others = await allPages((page) => xero.bankEntries({ ...of, page }));
  const transfers = await xero.transfers(of.accountId);
  const sides = new Map(
    transfers.flatMap((transfer) => transfer.sideIds.map((id) => [id, transfer] as const)),
  );
  const entries = [...payments, ...others].map((entry) => {
    const transfer = sides.get(entry.entryId);
    const reference = entry.reference ?? transfer?.reference ?? null;
    return { ...entry, reference, transferId: transfer?.transferId ?? null };
  });
  return { entries, transfers };
}

async function allPages(
  read: (page: number) => Promise<{ rows: XeroBankEntry[]; pages: number }>,
): Promise<XeroBankEntry[]> {
  const all: XeroBankEntry[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, pages } = await read(page);
    all.push(...rows);
    if (page >= pages) return all;
  }
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
