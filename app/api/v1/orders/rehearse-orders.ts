import type { z } from "zod";
import type { Problem } from "#app/door/api/problems.ts";
import type { KeyCaller } from "#lib/api-keys/authenticate.ts";
import { db } from "#lib/core/db.ts";
import { foreseeOrder, type Options } from "#lib/orders/accept/accept-orders.ts";
import { lookAtOrders } from "#lib/orders/accept/look-at-orders.ts";
import { faultsProblem, refusal } from "./answers.ts";
import { planInAnswer, type rehearsal } from "./rehearsal-answer.ts";

type Rehearsal = z.input<typeof rehearsal>;

/** What live would make of orders: of each its documents, or the problem where it would not be taken, or be held. One that was taken before stays so. */
export async function rehearseOrders(
  { connectionId, keyId: apiKeyId }: KeyCaller,
  sent: unknown[],
  onFault: Options["onFault"],
): Promise<(Rehearsal | Problem)[]> {
  const { orders, books } = await lookAtOrders(db(), { connectionId, apiKeyId }, sent);
  const foreseen: (Rehearsal | Problem)[] = [];
  for (const one of orders) {
    const { kept, faults, isSame } = one;
    const way = await foreseeOrder(db(), connectionId, { one, books, onFault });
    if (way.kind !== "free") foreseen.push(refusal(way));
    else if (!way.plan && !(isSame && kept?.promisedAt))
      foreseen.push(faultsProblem("order-faults", [{ faults, at: "#" }]));
    else
      foreseen.push({
        dryRun: true,
        orderId: kept?.id ?? null,
        documents: way.plan ? planInAnswer(way.plan) : [],
        adjustments: way.plan?.adjustments ?? [],
        asOf: books.chart.asOf?.toISOString() ?? null,
      });
  }
  return foreseen;
}
