import { z } from "zod";
import type { RequestDetail } from "#lib/api-keys/read.ts";
import { db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import { foreseeOrder } from "#lib/orders/accept/accept-orders.ts";
import { type LookedAt, lookAtOrders } from "#lib/orders/accept/look-at-orders.ts";
import { type Way, whyItStays } from "#lib/orders/accept/make-way.ts";

/** What the orders of a request would become now; nothing is kept, and Xero is not asked. */
export async function DryRun({ request }: { request: RequestDetail }) {
  const sent = ordersIn(request);
  if (!sent) return <p>It was too long to be kept whole, so it can't be looked at again.</p>;
  const { orders, books } = await lookAtOrders(db(), request, sent);
  const lines: string[] = [];
  let good = 0;
  for (const one of orders) {
    const way = await foreseeOrder(db(), request.connectionId, { one, books, onFault: "hold" });
    const stays = staysAs(way);
    if (one.plan && !stays) good += 1;
    lines.push(...(stays ? [`${nameOf(one)}: it would not be changed now. ${stays}`] : linesOf(one)));
  }
  return (
    <>
      <p role="status">{`${good} of ${orders.length} would be written as they are now. Nothing was sent to Xero.`}</p>
      <ul className="grid gap-1">
        {lines.map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why an order that is here already stays as it is. That it says something else proves nothing: names are blotted out. */
function staysAs(way: Way): string | null {
  return way.kind === "free" || way.kind === "refused" || way.kind === "conflict" ? null : whyItStays(way);
}

const nameOf = ({ readable: { source = "?", number = "?" } }: LookedAt) => `${source} ${number}`;

function linesOf(one: LookedAt): string[] {
  const { plan, faults } = one;
  const name = nameOf(one);
  if (plan) {
    const total = toDecimal({ minor: plan.invoice.totals.totalMinor, currency: plan.currency });
    return [
      `${name}: an invoice of ${plan.currency} ${total}.`,
      ...plan.adjustments.map((one) => `${name}: ${one}`),
    ];
  }
  return faults.map(({ pointer, detail }) => `${name}: ${pointer}: ${detail}`);
}

/** Null for what sent no orders, or more than was kept. */
function ordersIn({ method, path, sent }: RequestDetail): unknown[] | null {
  const [address] = path.split("?");
  if (method !== "POST" || !sent) return null;
  try {
    const json: unknown = JSON.parse(sent);
    if (address === "/api/v1/orders") return [json];
    if (address !== "/api/v1/orders/batch") return null;
    return z.object({ orders: z.array(z.unknown()).max(500) }).parse(json).orders;
  } catch {
    return null;
  }
}
