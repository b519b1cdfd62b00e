import type { OrderState } from "#lib/orders/order-state.ts";

type Word = { word: string; tone: "ok" | "busy" | "warn" | "danger" | "quiet" };

/** How an order stands, in a word. */
export const ORDER_WORDS: Record<OrderState, Word> = {
  held: { word: "Held", tone: "warn" },
  queued: { word: "On its way", tone: "busy" },
  sending: { word: "Being sent", tone: "busy" },
  checking: { word: "Being checked", tone: "busy" },
  written: { word: "In Xero", tone: "ok" },
  refused: { word: "Refused by Xero", tone: "danger" },
  cancelled: { word: "Cancelled", tone: "quiet" },
};
