import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import type { Sender } from "../accept/accept-orders.ts";
import { findOrder } from "../read.ts";
import { type Cancelled, type CancelledBy, cancelOrder, reviewCancel } from "./cancel-order.ts";
import { type Refunded, refundOrder, reviewRefund } from "./refund-order.ts";

/**
 * A person cancels an order, and hears what becomes of it in Xero; null when it was cancelled before. Throws `not_found` for an
 * order that is not this firm's or whose organisation is no longer connected, `conflict` with the reason while it can't be.
 */
export async function cancelByStaff(
  db: Db,
  caller: FirmCaller,
  orderId: string,
): Promise<CancelledBy | null> {
  return becameOf(await cancelOrder(db, await senderOf(db, caller, orderId), orderId));
}

/** What cancelling it would do, of this moment; nothing is changed. Throws as `cancelByStaff`. */
export async function reviewCancelling(
  db: Db,
  caller: FirmCaller,
  orderId: string,
): Promise<CancelledBy | null> {
  return becameOf(await reviewCancel(db, await senderOf(db, caller, orderId), orderId));
}

function becameOf(cancelled: Cancelled): CancelledBy | null {
  switch (cancelled.kind) {
    case "cancelled":
      return cancelled.by;
    case "unknown":
      throw noSuchOrder();
    case "under-way":
      throw underWay();
    case "being-paid":
      throw beingPaid();
    case "changed":
      throw changed(cancelled.detail);
  }
}

export type CreditAsked = {
  orderId: string;
  /** Made where the amount was looked over: sent twice it is one credit note. */
  refundNumber: string;
  /** With tax, as a decimal. */
  amount: string;
  reason: string;
};

/** What a credit note comes to, and how much of it is set against what is owed of the invoice; in hundredths. */
export type CreditMade = { totalMinor: bigint; allocatedMinor: bigint };

/**
 * A person credits an order, or a part of it; null when this very credit note was made before. Throws `not_found` for an order
 * that is not this firm's or whose organisation is no longer connected, `conflict` or `invalid` with the reason while it can't be.
 */
export async function creditByStaff(
  db: Db,
  caller: FirmCaller,
  { orderId, ...sent }: CreditAsked,
): Promise<CreditMade | null> {
  return madeOf(await refundOrder(db, await senderOf(db, caller, orderId), { orderId, sent }));
}

/** What the credit note would be, of this moment; nothing is changed. Throws as `creditByStaff`. */
export async function reviewCredit(
  db: Db,
  caller: FirmCaller,
  { orderId, ...sent }: CreditAsked,
): Promise<CreditMade | null> {
  return madeOf(await reviewRefund(db, await senderOf(db, caller, orderId), { orderId, sent }));
}

function madeOf(refunded: Refunded): CreditMade | null {
  switch (refunded.kind) {
    case "taken": {
      if (refunded.outcome === "same") return null;
      const { totalMinor, allocatedMinor } = refunded;
      return { totalMinor, allocatedMinor };
    }
    case "refused":
      throw new AppError("invalid", refunded.faults.map(({ detail }) => detail).join(" "));
    case "conflict":
      throw new AppError("conflict", "This credit note was made already, and says something else.");
    case "unknown":
      throw noSuchOrder();
    case "under-way":
      throw underWay();
    case "changed":
      throw changed(refunded.detail);
  }
}

async function senderOf(db: Db, { firm, actor }: FirmCaller, orderId: string): Promise<Sender> {
  requireAbility(firm, "act");
  const order = await findOrder(db, { firmId: firm.firmId }, orderId);
  if (!order) throw noSuchOrder();
  const { firmId, connectionId } = order;
  await requireLive(db, firm, connectionId);
  return { firmId, connectionId, apiKeyId: null, actor: `user:${actor.userId}` };
}

const noSuchOrder = () => new AppError("not_found", "There is no such order.");
const underWay = () =>
  new AppError(
    "conflict",
    "A document of the order is on its way to Xero. Nothing was changed: try again in a minute.",
  );
const beingPaid = () =>
  new AppError(
    "conflict",
    "A client is paying its invoice at this moment. Nothing was changed: try again when they are done.",
  );
const changed = (detail: string) =>
  new AppError("conflict", `${detail} Nothing was changed: see to it in Xero.`);
