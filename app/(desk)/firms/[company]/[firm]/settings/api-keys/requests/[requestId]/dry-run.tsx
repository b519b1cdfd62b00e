import { z } from "zod";
import type { RequestDetail } from "#lib/api-keys/read.ts";
import { db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import { type LookedAt, lookAtOrders } from "#lib/orders/look-at-orders.ts";

/** What the orders of a request would become now; nothing is kept, and Xero is not asked. */
export async function DryRun({ request }: { request: RequestDetail }) {
  const sent = ordersIn(request);
  if (!sent) return <p>It was too long to be kept whole, so it can't be looked at again.</p>;
  const { orders } = await lookAtOrders(db(), request, sent);
  const good = orders.filter(({ plan }) => plan).length;
  return (
    <>
      <p role="status">{`${good} of ${orders.length} would be written as they are now. Nothing was sent to Xero.`}</p>
      <ul className="grid gap-1">
        {orders.flatMap(linesOf).map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}

function linesOf({ readable, plan, faults }: LookedAt): string[] {
  const name = `${readable.source ?? "?"} ${readable.number ?? "?"}`;
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
