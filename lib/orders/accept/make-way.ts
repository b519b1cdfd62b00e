import type { Db } from "#lib/core/db.ts";
import type { OrderFault } from "../faults.ts";
import type { OrderBody } from "../order-body.ts";
import type { Books, Plan } from "../plan/plan.ts";
import type { KeptOrder } from "../store.ts";
import { creditedOf } from "../take-back/promise-credit.ts";
import { takeBack } from "../take-back/take-back.ts";
import { inItsPlace } from "./in-its-place.ts";
import type { LookedAt } from "./look-at-orders.ts";
import { contentHash } from "./read-order.ts";

/** Why an order is not taken. Nothing of it was kept, and nothing was changed. */
export type InTheWay =
  | { kind: "refused"; faults: OrderFault[] }
  /** There is an order of this name that says something else, of this revision or a later one. */
  | { kind: "conflict"; orderId: string; kept: { revision: number; contentHash: string }; sentHash: string }
  | Stays;

/** Why the documents of an order stay as they are. */
export type Stays =
  /** Xero lets its invoice be changed no more. */
  | { kind: "written"; orderId: string; detail: string }
  /** A part of it may arrive in Xero at any moment: ask again in a few seconds. */
  | { kind: "under-way"; orderId: string }
  /** A payer is paying its invoice at this moment. */
  | { kind: "being-paid"; orderId: string };

/** `plan`: of what is sent now, under the numbers that are left for it; null while it is to be held. */
export type Way = { kind: "free"; plan: Plan | null } | InTheWay;

/**
 * Takes back what an order has become so far, so that what is sent of it now can take its place; `before` is locked. Where it
 * can't, nothing is changed.
 */
export async function makeWay(
  tx: Db,
  before: KeptOrder,
  { body, one: { plan, faults }, books }: { body: OrderBody; one: LookedAt; books: Books },
): Promise<Way> {
  const { id: orderId, revision, contentHash: hash, cancelledAt, promisedAt } = before;
  if ((body.revision ?? 0) <= revision) {
    const kept = { revision, contentHash: hash };
    return { kind: "conflict", orderId, kept, sentHash: contentHash(body) };
  }
  if (cancelledAt) return { kind: "written", orderId, detail: "The order was cancelled." };
  // What is wrong with the new one must not take the old one away.
  if (promisedAt && !plan) return { kind: "refused", faults };
  const stays = promisedAt ? await takeOldBack(tx, orderId, books) : null;
  if (stays) return stays;
  const place = { id: orderId, revision: body.revision ?? 0 };
  return { kind: "free", plan: plan && (await inItsPlace(tx, place, plan)) };
}

/** The same in a sentence. */
export function whyItStays(way: Stays): string {
  switch (way.kind) {
    case "written":
      return way.detail;
    case "under-way":
      return "A document of the order is on its way to Xero.";
    case "being-paid":
      return "A client is paying its invoice at this moment.";
  }
}

/** Null once nothing of it will stand in Xero. */
export async function takeOldBack(
  tx: Db,
  orderId: string,
  { lockedUntil }: Pick<Books, "lockedUntil">,
): Promise<Stays | null> {
  const mayVoid = (await creditedOf(tx, orderId)) === 0n;
  const back = await takeBack(tx, { orderId, lockedUntil, mayVoid });
  switch (back.kind) {
    case "under-way":
    case "being-paid":
      return { kind: back.kind, orderId };
    case "changed":
      return { kind: "written", orderId, detail: back.detail };
    case "stands":
      return { kind: "written", orderId, detail: STANDS };
    default:
      return null;
  }
}

const STANDS =
  "Its invoice is paid or credited, in part or whole, is being paid, or is in a locked period: send a refund of it, and what is new as another order.";
