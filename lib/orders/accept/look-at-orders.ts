import type { Db } from "#lib/core/db.ts";
import { type OrderFault, type OrderFaultCode, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import { loadBooks } from "../plan/load-books.ts";
import type { Books, Plan } from "../plan/plan.ts";
import { planOrders } from "../plan/plan-orders.ts";
import { type KeptOrder, keptOrders, orderName } from "../store.ts";
import { contentHash, readOrder, type SentOrder } from "./read-order.ts";

/** An order as it was sent, and what is known of it before anything is kept. */
export type LookedAt = SentOrder & {
  /** Null while there are faults. */
  plan: Plan | null;
  /** The order of this name that was taken before. */
  kept: KeptOrder | null;
  /** That one says the same: it was taken once and for ever, whatever would be wrong with it by now. */
  isSame: boolean;
};

/**
 * Looks at orders as they would be taken now, of the mirror alone: nothing is kept and Xero is not asked. A dry run answers with
 * this, and whoever takes them begins with it. Their order stays.
 */
export async function lookAtOrders(
  db: Db,
  { connectionId, apiKeyId }: { connectionId: string; apiKeyId: string | null },
  sent: unknown[],
): Promise<{ orders: LookedAt[]; books: Books }> {
  const read = sent.map(readOrder);
  const books = await loadBooks(db, connectionId);
  const kept = await keptOrders(
    db,
    connectionId,
    read.flatMap(({ readable }) => nameOf(readable) ?? []),
  );
  const plans = await planOrders(db, {
    ...{ connectionId, books },
    orders: read.map((one) => {
      const name = nameOf(one.readable);
      const before = name ? kept.get(orderName(name)) : undefined;
      // One that waits is written for the day it came.
      const receivedAt = isSameAs(one, before) ? before?.receivedAt : undefined;
      return { order: one.readable, apiKeyId, isPromised: before?.promisedAt != null, receivedAt };
    }),
  });
  const seen = new Set<string>();
  const orders = read.map((one, at): LookedAt => {
    const named = nameOf(one.readable);
    const name = named && orderName(named);
    const isTwice = name !== null && seen.has(name);
    if (name !== null) seen.add(name);
    const ofPlan = (plans[at]?.faults ?? []).filter((fault) => !isExplained(fault, one.faults));
    const faults = [...one.faults, ...(isTwice ? [twice(one.readable)] : []), ...ofPlan];
    const itsKept = name === null ? undefined : kept.get(name);
    return {
      ...one,
      faults,
      plan: faults.length === 0 ? (plans[at]?.planned ?? null) : null,
      kept: itsKept ?? null,
      isSame: !isTwice && isSameAs(one, itsKept),
    };
  });
  return { orders, books };
}

const isSameAs = ({ body }: SentOrder, kept: KeptOrder | undefined): boolean =>
  body !== null && kept?.contentHash === contentHash(body);

/** What only seems to be missing, or to be out of order, since it is there and can't be read, is told once, as that. */
function isExplained({ code }: OrderFault, ofShape: OrderFault[]): boolean {
  const cause = UNREADABLE[code];
  return cause !== undefined && ofShape.some(({ pointer }) => cause.test(pointer));
}

const UNREADABLE: Partial<Record<OrderFaultCode, RegExp>> = {
  "cost-missing": /^#\/lines\/\d+\/unitCost$/,
  "supplier-unset": /^#\/supplier(\/|$)/,
  "due-before-date": /^#\/date$/,
};

function nameOf({ source, number }: ReadableOrder): { source: string; number: string } | null {
  return source === undefined || number === undefined ? null : { source, number };
}

function twice({ number }: ReadableOrder): OrderFault {
  return orderFault("twice-in-batch", {
    pointer: "#/number",
    detail: `An earlier order of this batch is ${number} too.`,
  });
}
