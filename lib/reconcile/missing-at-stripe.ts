import type { Db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { capturesBetween } from "#lib/payments/rebuild.ts";
import { isOfNothing } from "#lib/processor/types.ts";
import { endOthers, noteBreak } from "./breaks.ts";
import type { Account } from "./place-payment.ts";
import type { NewBreak } from "./store.ts";

/** A payment is listed by when it was begun, and a bank debit may be confirmed weeks later. */
const CONFIRMED_WITHIN_DAYS = 30;

/** So many a turn are asked for by their id; each is a call. */
const MOST_ASKED = 20;

/**
 * From our side: captures that are not in a whole list of the processor's payments since an instant, which was begun at
 * `before`, and that it does not know by their id either. Throws ProcessorFault when it can't be asked.
 */
export async function missingAtStripe(
  db: Db,
  { firmId, processorAccountId, processor }: Account,
  { listed, since, before }: { listed: Set<string>; since: Date; before: Date },
): Promise<void> {
  const sure = new Date(since.getTime() + CONFIRMED_WITHIN_DAYS * 86_400_000);
  const captures = await capturesBetween(db, processorAccountId, { from: sure, to: before });
  const unlisted = captures.filter(({ objectRef }) => !listed.has(objectRef));
  const found: NewBreak[] = [];
  for (const { id: captureId, objectRef: subject, amountMinor, currency } of unlisted.slice(0, MOST_ASKED)) {
    if (await isKnown(() => processor.readPayment(subject))) continue;
    const here = formatMoney({ minor: amountMinor, currency });
    const there = "Stripe does not know it";
    found.push({ firmId, processorAccountId, kind: "stripe_missing", subject, captureId, here, there });
  }
  for (const one of found) await noteBreak(db, one);
  if (unlisted.length <= MOST_ASKED)
    await endOthers(db, firmId, { kinds: ["stripe_missing"], processorAccountId, before }, found);
}

async function isKnown(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (isOfNothing(error)) return false;
    throw error;
  }
}
