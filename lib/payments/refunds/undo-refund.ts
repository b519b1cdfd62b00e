import type { Db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { createChore } from "#lib/posting/kinds/chore.ts";
import { createRemovalPosting } from "#lib/posting/kinds/removal.ts";
import {
  endRefused,
  type Incoming,
  isOnItsWay,
  lockIncoming,
  lockOfKind,
} from "#lib/posting/postings-of-payment.ts";
import { insertSurplus, moveAllocation, numbersOf, sourcesOf } from "../overpayments/surplus-store.ts";
import type { Capture } from "../store.ts";
import type { Share } from "./refund-rules.ts";
import { changeRefund, getRefund, listRefundShares, lockCapture } from "./refund-store.ts";

const CAME_BACK = "The refund came back before Xero had it.";

/**
 * A refund came back after it had succeeded, as when the payer's bank returns it: what Xero was told of it is taken off
 * there, first what paid the credit out, then the credit note. Takes the next step; each waits for the one before. In the
 * end a person is told, for the money is here again and somebody waits for it.
 */
export async function undoRefund(db: Db, refundId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await getRefund(tx, refundId);
    const capture = found && (await lockCapture(tx, { id: found.captureId }));
    const refund = await getRefund(tx, refundId);
    if (!capture || refund?.state !== "failed" || !refund.toldAt || refund.undoneAt) return;
    const shares = await listRefundShares(tx, [refundId]);
    const lines = shares.map(({ id }) => id);
    const paidOut = await lockOfKind(tx, "credit_refund", [refundId, ...lines]);
    const notes = await lockOfKind(tx, "credit_note", lines);
    if (!(await areGone(tx, paidOut)) || !(await areGone(tx, notes))) return;

    const outside = shares
      .map(({ id, invoiceId, amountMinor }) => ({
        invoiceId,
        amountMinor: amountMinor - (notes.find(({ sourceId }) => sourceId === id)?.amountMinor ?? 0n),
      }))
      .filter(({ amountMinor }) => amountMinor > 0n);
    await takeOut(tx, capture, outside);
    const [payment] = await lockIncoming(tx, await sourcesOf(tx, capture.id));
    if (payment) {
      const money = formatMoney({ minor: refund.amountMinor, currency: refund.currency });
      const books =
        outside.length === 0
          ? "It is taken off in Xero, where the payment stands as before."
          : "Xero never had this money: if you keep it, enter it there.";
      await createChore(tx, {
        ...{ payment, sourceId: refundId, captureId: capture.id, amountMinor: refund.amountMinor },
        words: `The refund of ${money} came back from the client's bank, and the money is here again. ${books} Give it back another way, or agree with the client to keep it.`,
      });
    }
    await changeRefund(tx, refundId, { undone: true });
  });
}

/** Shares that went back before Xero had them are no invoice's: a later refund takes them first, and Xero hears of none. */
async function takeOut(tx: Db, { id: captureId, firmId }: Capture, shares: Share[]): Promise<void> {
  const numbers = await numbersOf(tx, captureId);
  for (const { invoiceId, amountMinor } of shares) {
    const fromNumber = numbers.get(invoiceId) ?? "";
    await moveAllocation(tx, { firmId, captureId, from: invoiceId, to: null, amountMinor });
    await insertSurplus(tx, { firmId, captureId, fromInvoiceId: invoiceId, fromNumber, amountMinor });
  }
}

/** Whether Xero has none of these any more; sees to it that it will not. */
async function areGone(tx: Db, postings: Omit<Incoming, "lines">[]): Promise<boolean> {
  const removals = await lockOfKind(
    tx,
    "removal",
    postings.map(({ id }) => id),
  );
  let gone = true;
  for (const posting of postings) {
    const removal = removals.find(({ sourceId }) => sourceId === posting.id);
    if (removal) gone &&= removal.state === "done" || removal.state === "by_hand";
    else if (posting.state === "refused") await endRefused(tx, posting, CAME_BACK);
    else if (isOnItsWay(posting)) gone = false;
    else if (posting.state === "done") {
      gone = false;
      const origin = { id: posting.reference, at: posting.createdAt };
      await createRemovalPosting(tx, { posting, sourceId: posting.id, origin });
    }
  }
  return gone;
}
