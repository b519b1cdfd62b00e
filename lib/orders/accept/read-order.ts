import { readable, shapeFaults } from "#lib/core/shape/shape-faults.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import { BUYER_WAYS, MOST_LINES, type OrderBody, orderBody, type ReadableOrder } from "../order-body.ts";
import { canonicalHash } from "./canonical-hash.ts";

/** An order as it was sent: as much of it as can be read, all of it where its shape has no fault, and the faults of its shape. */
export type SentOrder = { readable: ReadableOrder; body: OrderBody | null; faults: OrderFault[] };

/** Reads what another system sent, whatever it is; of more lines than an order may have no more than those. */
export function readOrder(sent: unknown): SentOrder {
  const { within, faults: overLimits } = withinLimits(sent);
  const faults = [
    ...overLimits,
    ...shapeFaults(orderBody, within).map(({ code, ...fault }) => orderFault(code, fault)),
    ...partyFaults(within, "buyer"),
    ...partyFaults(within, "supplier"),
  ];
  const order = (readable(orderBody, within) ?? {}) as ReadableOrder;
  return { readable: order, body: faults.length === 0 ? orderBody.parse(sent) : null, faults };
}

function withinLimits(sent: unknown): { within: unknown; faults: OrderFault[] } {
  const lines = (sent as { lines?: unknown } | null)?.lines;
  if (!Array.isArray(lines) || lines.length <= MOST_LINES) return { within: sent, faults: [] };
  const detail = `There are ${lines.length} lines; at most ${MOST_LINES} are taken.`;
  return {
    within: { ...(sent as object), lines: lines.slice(0, MOST_LINES) },
    faults: [orderFault("too-many-lines", { pointer: "#/lines", detail })],
  };
}

function partyFaults(sent: unknown, field: "buyer" | "supplier"): OrderFault[] {
  const party = (sent as Record<string, unknown> | null)?.[field];
  if (typeof party !== "object" || party === null || Array.isArray(party)) return [];
  const names = Object.keys(party);
  const ways = names.filter((name) => BUYER_WAYS.has(name)).length;
  // Names that are not known are told as such: one may be a way that is misspelt.
  if (ways === 1 || (ways === 0 && names.length > 0)) return [];
  const detail = ways === 0 ? "It is empty." : `It is told in ${ways} ways.`;
  return [orderFault("buyer-not-one", { pointer: `#/${field}`, detail })];
}

/** Of what an order says, its revision left out: the same in another order of fields, or with a default spelt out, is the same. SHA-256, hex. */
export function contentHash({ revision: _, ...content }: OrderBody): string {
  return canonicalHash(content);
}
