import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { readDispute } from "#lib/payments/disputes/record-dispute.ts";
import { accountsPaidBy, knownAs } from "#lib/payments/money-facts.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { firmOfAccount } from "#lib/processor/read.ts";
import {
  type BalanceEntry,
  concernOf,
  isOfNothing,
  type PayoutState,
  type Processor,
} from "#lib/processor/types.ts";
import { EVENT, eventItem, listRung, settleEvents } from "#lib/processor/webhooks/inbox.ts";
import { postPayouts } from "./post-payouts.ts";
import { linksOf, namesIn, netOf } from "./rules.ts";
import {
  changePayout,
  insertEntries,
  keepPayout,
  lastByHand,
  listUnsettled,
  lockPayout,
  newestPayout,
  PAYOUT,
  type Payout,
} from "./store.ts";

/** How far behind the newest known payout we look again, for one that has come back. */
const LOOK_BACK_MS = 14 * 86_400_000;

/** Works through what the processor rang about: each event only says which payout to ask about. Throws as processEvents does. */
export async function processPayoutEvents(db: Db, processorAccountId: string): Promise<void> {
  const rung = await listRung(db, processorAccountId, "payouts");
  if (rung.length === 0) return;
  const processor = await openProcessor(db, processorAccountId);
  await eachAlone(db, rung, {
    kind: EVENT,
    idOf: ({ objectRef }) => eventItem(processorAccountId, objectRef),
    concerns: concernOf,
    async work({ objectRef, eventIds }) {
      try {
        await learn(db, { processor, processorAccountId, found: await processor.readPayout(objectRef) });
      } catch (error) {
        if (!isOfNothing(error)) throw error;
        log.warn({ account: processorAccountId, objectRef }, "payout.event-of-nothing");
      }
      await settleEvents(db, eventIds);
    },
  });
  await postPayouts(db);
}

/** Asks every processor account what it has paid out; then Xero is told what it must be. */
export async function pollPayouts(db: Db): Promise<void> {
  await eachAlone(db, await accountsPaidBy(db), {
    kind: "payout-poll",
    idOf: ({ processorAccountId }) => processorAccountId,
    work: ({ processorAccountId, since }) => pollAccount(db, processorAccountId, since),
  });
  await postPayouts(db);
}

async function pollAccount(db: Db, processorAccountId: string, firstPayment: Date): Promise<void> {
  const processor = await openProcessor(db, processorAccountId);
  const newest = await newestPayout(db, processorAccountId);
  const since = newest ? new Date(newest.madeAt.getTime() - LOOK_BACK_MS) : firstPayment;
  // The oldest first: a payout by hand is told from what the ones before it had.
  const listed = (await processor.listPayouts(since)).toReversed();
  const all = { kind: PAYOUT, concerns: concernOf };
  await eachAlone(db, listed, {
    ...all,
    idOf: ({ payoutRef }) => payoutRef,
    work: (found) => learn(db, { processor, processorAccountId, found }),
  });
  const seen = new Set(listed.map(({ payoutRef }) => payoutRef));
  const unseen = (await listUnsettled(db, processorAccountId)).filter(
    ({ objectRef }) => !seen.has(objectRef),
  );
  await eachAlone(db, unseen, {
    ...all,
    idOf: ({ objectRef }) => objectRef,
    work: async ({ objectRef }) =>
      learn(db, { processor, processorAccountId, found: await processor.readPayout(objectRef) }),
  });
}

type Learnt = { processor: Processor; processorAccountId: string; found: PayoutState };

async function learn(db: Db, { processor, processorAccountId, found }: Learnt): Promise<void> {
  const { payoutRef, createdAt, isListed, ...facts } = found;
  const payout = await keepPayout(db, {
    firmId: await firmOfAccount(db, processorAccountId),
    ...{ processorAccountId, objectRef: payoutRef, madeAt: createdAt },
    ...facts,
  });
  if (payout.listedAt || (payout.isAutomatic && !isListed)) return;
  const entries = await processor.listEntries(
    payout.isAutomatic ? { payoutRef } : { since: await sinceLastByHand(db, payout), until: createdAt },
  );
  await keepEntries(db, payout, entries);
  await askDisputes(db, processorAccountId, entries);
}

/** Money moved by a dispute: what the processor says of it now is news, also when no event of it has come. */
async function askDisputes(db: Db, processorAccountId: string, entries: BalanceEntry[]): Promise<void> {
  const refs = entries.flatMap(({ kind, sourceRef }) => (kind === "dispute" && sourceRef ? [sourceRef] : []));
  // The payout is kept; the dispute is asked about again by the reconciler.
  await eachAlone(db, [...new Set(refs)], {
    kind: "dispute",
    idOf: (objectRef) => objectRef,
    work: (objectRef) => readDispute(db, { processorAccountId, objectRef }),
  });
}

/** Nobody can say what is in a payout that was made by hand: all that came since the last one counts as seen with it. */
async function sinceLastByHand(db: Db, payout: Payout): Promise<Date> {
  const { processorAccountId } = payout;
  const last = await lastByHand(db, payout);
  if (last) return new Date(last.madeAt.getTime() - 3_600_000);
  const [first] = (await accountsPaidBy(db)).filter((row) => row.processorAccountId === processorAccountId);
  return first?.since ?? payout.madeAt;
}

/** All of it at once. What is in an automatic payout must come to exactly its amount, or nothing of it is told to Xero. */
async function keepEntries(db: Db, payout: Payout, entries: BalanceEntry[]): Promise<void> {
  await db.transaction(async (tx) => {
    const locked = await lockPayout(tx, payout.id);
    if (!locked || locked.listedAt) return;
    const { firmId, processorAccountId, id: payoutId, currency, amountMinor } = locked;
    const sum = netOf(entries);
    const isOther = entries.some((entry) => entry.currency !== currency);
    if (payout.isAutomatic && (isOther || sum !== amountMinor)) {
      const says = `Stripe pays out ${formatMoney({ minor: amountMinor, currency })}, and what it lists in it comes to ${formatMoney({ minor: sum, currency })}. Nothing of it is written to Xero; it is asked again every hour.`;
      if (locked.problem !== says) await changePayout(tx, payoutId, { problem: says });
      return;
    }
    const known = await knownAs(
      tx,
      processorAccountId,
      namesIn(entries.map(({ objectRef, ...entry }) => ({ ...entry, paymentRef: objectRef }))),
    );
    await insertEntries(
      tx,
      entries.flatMap(
        ({ kind, entryRef, sourceRef, objectRef: paymentRef, createdAt, currency: _, ...money }) =>
          // Another payout's own line: that one is told by itself.
          kind === "payout"
            ? []
            : {
                ...{
                  firmId,
                  processorAccountId,
                  payoutId,
                  kind,
                  sourceRef,
                  paymentRef,
                  ...money,
                },
                ...{ objectRef: entryRef, madeAt: createdAt },
                ...linksOf({ kind, sourceRef, paymentRef }, known),
              },
      ),
    );
    await changePayout(tx, payoutId, { listed: true, problem: null });
  });
}
