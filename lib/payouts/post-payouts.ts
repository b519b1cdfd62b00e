import { record } from "#lib/audit/record.ts";
import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { formatMoney, sumOf } from "#lib/core/money/money.ts";
import { connectionsOfCaptures } from "#lib/payments/money-facts.ts";
import { createFeePosting } from "#lib/posting/kinds/fee.ts";
import { createTransferPosting } from "#lib/posting/kinds/transfer.ts";
import { endRefused, lockTransfer } from "#lib/posting/postings-of-payment.ts";
import { isShared } from "#lib/processor/shared.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { payConnection, payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { linkEntries } from "./link-entries.ts";
import { feesOf, isAllOurs, isOfOthers, netOf } from "./rules.ts";
import {
  changePayout,
  getSettings,
  listEntries,
  listToTell,
  lockPayout,
  PAYOUT_TOLD,
  type Payout,
  type PayoutEntry,
} from "./store.ts";

const CONTACT = "Stripe";

/** Decides what Xero is told of each payout that has arrived or come back, each in a transaction of its own. */
export async function postPayouts(db: Db): Promise<void> {
  await linkEntries(db);
  await eachAlone(db, await listToTell(db), {
    kind: PAYOUT_TOLD,
    idOf: ({ id }) => id,
    work: ({ id }) => db.transaction((tx) => tell(tx, id)),
  });
}

async function tell(tx: Db, id: string): Promise<void> {
  const payout = await lockPayout(tx, id);
  if (!payout || payout.listedAt === null || payout.state === "moving") return;
  if (payout.told === "written" && payout.state === "failed" && !payout.undoneAt) return undo(tx, payout);
  if (payout.told !== null) return;
  const entries = await listEntries(tx, [id]);
  // The same processor account serves another business too, and this payout is all of that one.
  if (isOfOthers(entries)) return changePayout(tx, id, { told: "left", problem: null });
  if (!isAllOurs(entries) && (await isShared(tx, payout.processorAccountId)))
    return wait(tx, payout, sharedInWords(payout, entries));
  const connectionId = await booksOf(tx, payout, entries);
  if (connectionId === "several") {
    return wait(
      tx,
      payout,
      "It holds payments of several organisations. Enter its fees and its transfer in each by hand.",
    );
  }
  const connection = connectionId ? await payConnection(tx, connectionId) : undefined;
  const settings = connectionId ? await getSettings(tx, connectionId) : undefined;
  // Payouts are not set up: preflight and home say so, once for all of them.
  if (!connection?.clearingAccountId || !settings) return;
  if (payout.arrivesOn < settings.startsOn) {
    return changePayout(tx, id, { connectionId: connection.connectionId, told: "left", problem: null });
  }
  if (payout.currency !== connection.baseCurrency) {
    return wait(
      tx,
      payout,
      `It is paid out in ${payout.currency}, and the clearing account is kept in ${connection.baseCurrency}. Enter its fees and its transfer in Xero by hand.`,
      connection.connectionId,
    );
  }
  const common = {
    firmId: payout.firmId,
    connectionId: connection.connectionId,
    accountId: connection.clearingAccountId,
    currency: payout.currency,
    isTest: await isTestMoney(tx, { ...payout, connectionId: connection.connectionId }),
  };
  const { taxedFeeTaxType } = settings;
  for (const { sourceId, origin, amountMinor, taxedMinor, description, at } of feesOf(
    payout,
    entries,
    settings.feesPer,
  )) {
    const taxed = taxedMinor !== 0n && taxedFeeTaxType !== null;
    await createFeePosting(tx, {
      ...common,
      ...{ sourceId, amountMinor, accountCode: settings.feeAccountCode },
      date: at ? dayIn(connection.timeZone, at) : payout.arrivesOn,
      origin: { id: origin, at: payout.madeAt },
      body: {
        ...{ contactName: CONTACT, description, taxType: settings.feeTaxType },
        ...(taxed ? { taxed: { amount: String(taxedMinor), taxType: taxedFeeTaxType } } : {}),
      },
    });
  }
  const arrived = payout.state === "paid";
  if (arrived) {
    await createTransferPosting(tx, {
      ...common,
      ...{ sourceId: id, amountMinor: payout.amountMinor, date: payout.arrivesOn },
      bankAccountId: settings.bankAccountId,
      origin: { id: payout.objectRef, at: payout.madeAt },
    });
  }
  const told = arrived ? ("written" as const) : ("fees_only" as const);
  await changePayout(tx, id, { connectionId: connection.connectionId, told, problem: null });
  await note(tx, payout, arrived ? "payout.written" : "payout.failed");
}

/** It came back after Xero was told: a transfer the other way, as the bank shows it; none where the first was never there. */
async function undo(tx: Db, payout: Payout): Promise<void> {
  const transfer = await lockTransfer(tx, payout.id);
  if (transfer?.state === "by_hand") {
    return wait(
      tx,
      payout,
      "It came back from the bank after its transfer was marked as done by hand. Take that transfer back in Xero.",
    );
  }
  if (transfer?.state === "refused") {
    await endRefused(tx, transfer, "The payout came back before Xero took it.");
  } else if (transfer?.state === "done" && transfer.targetId && transfer.amountMinor !== null) {
    const { firmId, connectionId, accountId, currency, targetId, amountMinor } = transfer;
    const { timeZone = "UTC" } = (await payConnection(tx, connectionId)) ?? {};
    const today = dayIn(timeZone, new Date());
    await createTransferPosting(tx, {
      ...{ firmId, connectionId, accountId, currency, sourceId: payout.id, bankAccountId: targetId },
      isTest: await isTestMoney(tx, { ...payout, connectionId }),
      amountMinor,
      // The processor does not say when it came back; no sooner than it arrived.
      date: [today, transfer.date].sort().at(-1) ?? today,
      origin: { id: payout.objectRef, at: payout.madeAt },
      isBack: true,
    });
  } else {
    // Still on its way: the next turn decides.
    return;
  }
  await changePayout(tx, payout.id, { undone: true, problem: null });
  await note(tx, payout, "payout.came-back");
}

/** What moves by somebody's payment, this firm's or another's. */
const OF_PAYMENTS: PayoutEntry["kind"][] = ["charge", "refund", "dispute"];

function sharedInWords({ currency }: Payout, entries: PayoutEntry[]): string {
  const ours = entries.filter(({ captureId }) => captureId !== null);
  const money = (minor: bigint) => formatMoney({ minor, currency });
  const fees = sumOf(ours.map(({ feeMinor }) => feeMinor));
  const share =
    ours.length === 0
      ? "Nothing in it is known to be this firm's."
      : `This firm's share is ${money(netOf(ours))}, after ${money(fees)} of fees.`;
  const ofNoPayment = netOf(
    entries.filter((one) => one.captureId === null && !OF_PAYMENTS.includes(one.kind)),
  );
  const rest =
    ofNoPayment === 0n
      ? ""
      : ` ${money(ofNoPayment)} of it belongs to no payment: fees, reserves or corrections of the account.`;
  return `Other firms of this desk use the same Stripe account, and this payout may hold their money too. ${share}${rest} Nothing of it is written to Xero: enter what belongs to this firm by hand.`;
}

/** A person is told why; the next turn looks again. */
async function wait(tx: Db, payout: Payout, problem: string, connectionId?: string): Promise<void> {
  if (payout.problem === problem) return;
  await changePayout(tx, payout.id, { problem, ...(connectionId ? { connectionId } : {}) });
}

async function note(tx: Db, payout: Payout, action: string): Promise<void> {
  const { firmId, id, objectRef, currency, amountMinor } = payout;
  await record(tx, {
    ...{ firmId, actor: "stripe", action, subject: `payout:${id}` },
    detail: { objectRef, currency, minor: String(amountMinor) },
  });
}

/** Whose money it is: the organisation of the payments in it, or the firm's only one that payouts are set up for. */
async function booksOf(
  tx: Db,
  { firmId }: Payout,
  entries: PayoutEntry[],
): Promise<string | "several" | undefined> {
  const captureIds = entries.flatMap(({ captureId }) => captureId ?? []);
  const [first, ...more] = await connectionsOfCaptures(tx, captureIds);
  if (first) return more.length > 0 ? "several" : first;
  const live = await payConnections(tx, firmId);
  const ready: string[] = [];
  for (const { connectionId } of live) if (await getSettings(tx, connectionId)) ready.push(connectionId);
  return ready.length > 1 ? "several" : ready[0];
}
