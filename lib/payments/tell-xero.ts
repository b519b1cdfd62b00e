import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { createRefundPosting } from "#lib/posting/create-refund-posting.ts";
import { createRemovalPosting } from "#lib/posting/create-removal-posting.ts";
import { endRefused, lessenRefused, lockPayment } from "#lib/posting/of-payment.ts";
import { postingTarget } from "#lib/xero/pay-connections.ts";
import { changeDispute, getDispute, listUntoldDisputes } from "./dispute-store.ts";
import {
  changeRefund,
  getRefund,
  listAllocated,
  listRefundShares,
  listUntoldRefunds,
  lockCapture,
} from "./refund-store.ts";

/**
 * Decides what Xero is told of money that went back, each in a transaction of its own. That hangs on what Xero has of the
 * payment: while it is still on its way, the decision waits for the next turn.
 */
export async function tellXero(db: Db): Promise<void> {
  for (const { id } of await listUntoldRefunds(db)) await alone(id, () => tellOfRefund(db, id));
  for (const { id } of await listUntoldDisputes(db)) await alone(id, () => tellOfLost(db, id));
}

/** Whatever is wrong with one must not keep us from the others. */
async function alone(id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ id, err: error }, "payment.not-told");
  }
}

/**
 * Of a payment that stands in Xero, a refund is a credit note that is paid out. Of one that Xero refused, it is that much
 * less to write: the money came and went without the books.
 */
async function tellOfRefund(db: Db, refundId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await getRefund(tx, refundId);
    const capture = found && (await lockCapture(tx, { id: found.captureId }));
    const refund = await getRefund(tx, refundId);
    if (!capture || refund?.state !== "succeeded" || refund.toldAt) return;
    const shares = await listRefundShares(tx, [refundId]);
    const payment = await lockPayment(tx, capture.id);
    if (payment?.state === "refused") {
      await lessenRefused(tx, payment, { shares, note: "Refunded before Xero took it." });
    } else if (payment && payment.state !== "done" && payment.state !== "by_hand") {
      return;
    } else if (payment) {
      const { accountId, date } = await postingTarget(tx, capture.connectionId, refund.createdAt);
      for (const { id: refundLineId, invoiceId, amountMinor } of shares) {
        await createRefundPosting(tx, {
          ...{ firmId: capture.firmId, connectionId: capture.connectionId, currency: capture.currency },
          ...{ refundLineId, invoiceId, amountMinor, accountId, date },
          origin: { id: `${refund.objectRef} ${invoiceId}`, at: refund.createdAt },
        });
      }
    }
    await changeRefund(tx, refundId, { told: true });
  });
}

/**
 * What a lost dispute took back is taken off in Xero, or is never written there. Of a part that was disputed Xero can take
 * nothing off, and what a person entered is a person's to take off.
 */
async function tellOfLost(db: Db, disputeId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await getDispute(tx, disputeId);
    const capture = found && (await lockCapture(tx, { id: found.captureId }));
    const dispute = await getDispute(tx, disputeId);
    if (!capture || dispute?.state !== "lost" || dispute.toldAt) return;
    const payment = await lockPayment(tx, capture.id);
    if (payment && dispute.amountMinor === capture.amountMinor) {
      if (payment.state === "done") {
        const allocated = await listAllocated(tx, capture.id);
        await createRemovalPosting(tx, {
          payment,
          xeroId: payment.xeroId,
          sourceId: disputeId,
          origin: { id: dispute.objectRef, at: dispute.openedAt },
          amountMinor: capture.amountMinor,
          invoiceIds: allocated.map(({ invoiceId }) => invoiceId),
        });
      } else if (payment.state === "refused") {
        await endRefused(tx, payment, "The dispute was lost before Xero took it.");
      } else if (payment.state !== "by_hand") {
        return;
      }
    }
    await changeDispute(tx, disputeId, { told: true });
  });
}
