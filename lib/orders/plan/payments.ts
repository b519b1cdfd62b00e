import { pointerOf } from "#lib/core/shape/shape-faults.ts";
import { payAccountFault } from "#lib/mapping/target-rules.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import { openDay } from "./dates.ts";
import { hundredths } from "./decimals.ts";
import type { Books } from "./plan.ts";

type Payments = {
  planned: { accountId: string; amountMinor: bigint; date: string }[];
  /** What was paid, wherever it goes. */
  paid: bigint[];
  faults: OrderFault[];
};

/** What the till took, each to the account of its tender. */
export function paymentsOf(
  order: ReadableOrder,
  { chart, mapping, lockedUntil }: Books,
  date: string,
): Payments {
  const faults: OrderFault[] = [];
  const paid: bigint[] = [];
  const planned = (order.payments ?? []).flatMap((payment, at) => {
    const amountMinor = payment?.amount === undefined ? undefined : hundredths(payment.amount);
    if (amountMinor !== undefined) paid.push(amountMinor);
    const tender = payment?.tender;
    if (tender === undefined) return [];
    const pointer = pointerOf(["payments", at, "tender"]);
    const accountId = mapping.tenders.get(tender)?.accountId;
    if (!accountId) {
      const detail = `“${tender}” is not mapped to an account yet.`;
      faults.push(orderFault("tender-unmapped", { pointer, subject: tender, detail }));
      return [];
    }
    const found = payAccountFault(chart, accountId);
    if (found) {
      const { code, subject, detail } = found;
      faults.push(orderFault(code, { pointer, subject, detail: `${tender}: ${detail}` }));
    }
    if (found || amountMinor === undefined) return [];
    return [{ accountId, amountMinor, date: openDay(payment?.date ?? date, lockedUntil) }];
  });
  return { planned, paid, faults };
}
