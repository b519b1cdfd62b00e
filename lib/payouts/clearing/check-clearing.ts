import { sql } from "drizzle-orm";
import { clearingChecks, payoutSettings } from "#db/schema/payouts.ts";
import { daysAfter } from "#lib/core/clock.ts";
import { type Db, databaseNow } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import { isThere } from "#lib/posting/written-documents.ts";
import { appErrorOf, XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import {
  type PayConnection,
  payConnection,
  payConnections,
} from "#lib/xero/organisations/pay-connections.ts";
import { idsOf, isSettled } from "../rules.ts";
import { CLEARING, getSettings } from "../store.ts";
import type { Books, Line } from "./clearing-facts.ts";
import { keepMark, type Mark, markToReadOn } from "./clearing-mark.ts";
import { latest, OPEN_DAYS, readFrom, toCarry, toSettle, withoutSettled } from "./clearing-mark-rules.ts";
import { type ClearingReport, reportOf } from "./clearing-report.ts";
import { balanceOf, explain } from "./clearing-rules.ts";
import type { SetUp } from "./clearing-sides.ts";
import { readSince } from "./clearing-since.ts";
import { readWhole } from "./clearing-whole.ts";
import { codedElsewhere } from "./coded-elsewhere.ts";

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

/** So many payments are held together while all of an account is read. */
const PAYMENTS_AT_ONCE = 20_000;

/** Holds all that Xero has on the clearing account against desk and processor, and keeps what came of it. Throws AppError. */
export async function checkClearing(
  db: Db,
  connectionId: string,
  paymentsAtOnce = PAYMENTS_AT_ONCE,
): Promise<ClearingReport> {
  return check(db, await setUpOf(db, connectionId), { mark: null, paymentsAtOnce });
}

/**
 * The same of what the last check left open and what came since; of all when there is no such check, or when a week has
 * passed since all was read. Throws AppError.
 */
export async function checkClearingSinceLast(db: Db, connectionId: string): Promise<ClearingReport> {
  const setUp = await setUpOf(db, connectionId);
  const mark = await markToReadOn(db, setUp);
  return check(db, setUp, { mark, paymentsAtOnce: PAYMENTS_AT_ONCE });
}

async function setUpOf(db: Db, connectionId: string): Promise<SetUp> {
  const connection = await payConnection(db, connectionId);
  const settings = await getSettings(db, connectionId);
  if (!connection?.clearingAccountId || !settings)
    throw new AppError("conflict", "Payouts are not set up for this organisation.");
  return { connection, settings, accountId: connection.clearingAccountId };
}

async function check(
  db: Db,
  setUp: SetUp,
  { mark, paymentsAtOnce }: { mark: Mark | null; paymentsAtOnce: number },
): Promise<ClearingReport> {
  const { connection, settings } = setUp;
  const { connectionId, baseCurrency } = connection;
  const readAt = await databaseNow(db);
  const today = readAt.toISOString().slice(0, 10);
  try {
    const seen = mark
      ? await readSince(db, setUp, { mark, today })
      : await readWhole(db, setUp, { paymentsAtOnce, today });
    if (!seen) return await check(db, setUp, { mark: null, paymentsAtOnce });
    const { books, transfers, sumBefore } = seen;
    await mustBeGone(db, connectionId, books);
    const lines = [
      ...(await lookFurther(db, connection, explain(books))),
      ...(await codedElsewhere(db, settings, { baseCurrency, documents: books.documents, transfers })),
    ];
    const report = reportOf({ currency: baseCurrency, balanceMinor: balanceOf(books), lines });
    const settled = toSettle(books, { lines, transfers, arrivedBy: daysAfter(today, -OPEN_DAYS) });
    const open = withoutSettled(books, settled);
    const from = latest(readFrom(open, today), sumBefore);
    const row = { connectionId, firmId: settings.firmId, report, checkedAt: sql`now()` };
    await db.transaction(async (tx) => {
      await tx
        .insert(clearingChecks)
        .values(row)
        .onConflictDoUpdate({ target: clearingChecks.connectionId, set: row });
      // While all was read; before, a mark has them as they are.
      const aside = mark ? settled : idsOf(open.payouts, isSettled);
      const next = {
        ...toCarry(books, { open, since: from, sumBefore: from }),
        since: from,
        readAt,
        settled: [...aside],
      };
      await keepMark(tx, setUp, { last: mark, next });
    });
    return report;
  } catch (error) {
    if (error instanceof XeroFault) throw appErrorOf(error);
    throw error;
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
