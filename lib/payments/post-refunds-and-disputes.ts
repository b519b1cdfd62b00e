import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { atMost, formatMoney, sumOf } from "#lib/core/money/money.ts";
import { createChore } from "#lib/posting/kinds/chore.ts";
import { createRefundPosting } from "#lib/posting/kinds/credit-note.ts";
import { createOverpaymentRefund } from "#lib/posting/kinds/credit-refund.ts";
import {
  type Incoming,
  isOnItsWay,
  leftOfCredit,
  lessenOverpayment,
  lessenRefused,
  lockIncoming,
} from "#lib/posting/postings-of-payment.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { postingTarget } from "#lib/xero/organisations/pay-connections.ts";
import { DISPUTE_TOLD, listUntoldDisputes } from "./disputes/dispute-store.ts";
import { postDispute } from "./disputes/post-dispute.ts";
import { sourcesOf } from "./overpayments/surplus-store.ts";
import type { Share } from "./refunds/refund-rules.ts";
import {
  changeRefund,
  getRefund,
  listRefundShares,
  listRefundsToUndo,
  listUntoldRefunds,
  lockCapture,
  REFUND_TOLD,
  REFUND_UNDONE,
  type Refund,
} from "./refunds/refund-store.ts";
import { undoRefund } from "./refunds/undo-refund.ts";

/**
 * Decides what Xero is told of money that went back, each in a transaction of its own. That hangs on what Xero has of the
 * payment: while it is still on its way, the decision waits for the next turn.
 */
export async function postRefundsAndDisputes(db: Db): Promise<void> {
  const idOf = ({ id }: { id: string }) => id;
  await eachAlone(db, await listUntoldRefunds(db), {
    ...{ kind: REFUND_TOLD, idOf },
    work: ({ id }) => tellOfRefund(db, id),
  });
  await eachAlone(db, await listRefundsToUndo(db), {
    ...{ kind: REFUND_UNDONE, idOf },
    work: ({ id }) => undoRefund(db, id),
  });
  await eachAlone(db, await listUntoldDisputes(db), {
    ...{ kind: DISPUTE_TOLD, idOf },
    work: ({ id }) => postDispute(db, id),
  });
}

/**
 * Of what stands in Xero, a refund is a credit note that is paid out, or the overpayment that is. Of what Xero refused, it
 * is that much less to write: the money came and went without the books.
 */
async function tellOfRefund(db: Db, refundId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await getRefund(tx, refundId);
    const capture = found && (await lockCapture(tx, { id: found.captureId }));
    const refund = await getRefund(tx, refundId);
    if (!capture || refund?.state !== "succeeded" || refund.toldAt) return;
    const incoming = await lockIncoming(tx, await sourcesOf(tx, capture.id));
    if (incoming.some(isOnItsWay)) return;
    const shares = await listRefundShares(tx, [refundId]);
    if (incoming.length > 0) {
      const target = await postingTarget(tx, capture.connectionId, refund.createdAt);
      const { firmId, connectionId, currency } = capture;
      const told = { firmId, connectionId, currency, ...target, isTest: await isTestMoney(tx, capture) };
      for (const { id: refundLineId, invoiceId, amountMinor } of await lessen(tx, incoming, shares)) {
        await createRefundPosting(tx, {
          ...{ ...told, refundLineId, invoiceId, amountMinor },
          origin: { id: `${refund.objectRef} ${invoiceId}`, at: refund.createdAt },
        });
      }
      const over = refund.amountMinor - sumOf(shares.map((share) => share.amountMinor));
      if (over > 0n) await payOut(tx, { refund, incoming, over, told });
    }
    await changeRefund(tx, refundId, { told: true });
  });
}

/** Takes a refund's shares off the payments that Xero refused; what is left of them stands in Xero. */
async function lessen<S extends Share>(tx: Db, incoming: Incoming[], shares: S[]): Promise<S[]> {
  const left = new Map(shares.map((share) => [share.invoiceId, share.amountMinor]));
  for (const posting of incoming) {
    if (posting.state !== "refused" || posting.kind === "overpayment") continue;
    const less = posting.lines
      .map(({ invoiceId, amountMinor }) => ({
        invoiceId,
        amountMinor: atMost(left.get(invoiceId) ?? 0n, amountMinor),
      }))
      .filter(({ amountMinor }) => amountMinor > 0n);
    if (less.length === 0) continue;
    await lessenRefused(tx, posting, { shares: less, note: REFUNDED });
    for (const { invoiceId, amountMinor } of less)
      left.set(invoiceId, (left.get(invoiceId) ?? 0n) - amountMinor);
  }
  return shares
    .map((share) => ({ ...share, amountMinor: left.get(share.invoiceId) ?? 0n }))
    .filter(({ amountMinor }) => amountMinor > 0n);
}

const REFUNDED = "Refunded before Xero took it.";

type PayOut = {
  refund: Refund;
  incoming: Incoming[];
  over: bigint;
  told: {
    firmId: string;
    connectionId: string;
    currency: string;
    accountId: string;
    date: string;
    isTest: boolean;
  };
};

/** What a refund takes of an overpayment: it is paid out in Xero, by us from one of them, by a person from more. */
async function payOut(tx: Db, { refund, incoming, over, told }: PayOut): Promise<void> {
  let left = over;
  let mayPost = true;
  const overpayments = incoming.filter(({ kind }) => kind === "overpayment");
  for (const posting of overpayments) {
    const room = posting.xeroId ? await leftOfCredit(tx, posting) : (posting.amountMinor ?? 0n);
    const amountMinor = atMost(left, room);
    if (amountMinor === 0n) continue;
    if (posting.state === "refused")
      await lessenOverpayment(tx, posting, { less: amountMinor, note: REFUNDED });
    else if (posting.xeroId && mayPost) {
      mayPost = false;
      await createOverpaymentRefund(tx, {
        ...{ ...told, sourceId: refund.id, overpaymentId: posting.xeroId, amountMinor },
        origin: { id: refund.objectRef ?? refund.id, at: refund.createdAt },
      });
    } else continue;
    left -= amountMinor;
  }
  const [payment] = overpayments;
  if (left === 0n || !payment) return;
  const money = formatMoney({ minor: left, currency: told.currency });
  await createChore(tx, {
    ...{ payment, sourceId: refund.id, captureId: refund.captureId, amountMinor: left },
    words: `${money} of a refund is of an overpayment that we can't pay out in Xero. Refund it there from the clearing account.`,
  });
}
