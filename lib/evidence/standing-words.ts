import type { Standing } from "#lib/payments/read.ts";

/** How a payment stands in Xero, in a word. */
export const STANDING_WORDS = {
  written: { word: "Written", tone: "ok" },
  on_its_way: { word: "On its way", tone: "busy" },
  checking: { word: "Being checked", tone: "busy" },
  needs_you: { word: "Needs you", tone: "danger" },
} as const satisfies Record<Standing, { word: string; tone: "ok" | "busy" | "danger" }>;
