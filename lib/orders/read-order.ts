import { createHash } from "node:crypto";
import { readable, shapeFaults } from "#lib/core/shape/shape-faults.ts";
import { type OrderFault, orderFault } from "./faults.ts";
import { type OrderBody, orderBody, type ReadableOrder } from "./order-body.ts";

/** An order as it was sent: as much of it as can be read, all of it where its shape has no fault, and the faults of its shape. */
export type SentOrder = { readable: ReadableOrder; body: OrderBody | null; faults: OrderFault[] };

/** Reads what another system sent, whatever it is. */
export function readOrder(sent: unknown): SentOrder {
  const faults = [
    ...shapeFaults(orderBody, sent).map(({ code, ...fault }) => orderFault(code, fault)),
    ...partyFaults(sent, "buyer"),
    ...partyFaults(sent, "supplier"),
  ];
  const order = (readable(orderBody, sent) ?? {}) as ReadableOrder;
  return { readable: order, body: faults.length === 0 ? orderBody.parse(sent) : null, faults };
}

function partyFaults(sent: unknown, field: "buyer" | "supplier"): OrderFault[] {
  const party = (sent as Record<string, unknown> | null)?.[field];
  if (typeof party !== "object" || party === null || Array.isArray(party)) return [];
  const ways = Object.keys(party).length;
  if (ways === 1) return [];
  const detail = ways === 0 ? "It is empty." : `It is told in ${ways} ways.`;
  return [orderFault("buyer-not-one", { pointer: `#/${field}`, detail })];
}

/** Of what an order says, its revision left out: the same in another order of fields, or with a default spelt out, is the same. SHA-256, hex. */
export function contentHash({ revision: _, ...content }: OrderBody): string {
  return createHash("sha256").update(canonical(content)).digest("hex");
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inside) =>
    typeof inside === "object" && inside !== null && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inside,
  );
}
