/** A refund's state as staff read it. */
export const REFUND_WORDS = {
  asked: { tone: "busy", word: "Asked for; Stripe has not answered yet" },
  pending: { tone: "busy", word: "On its way" },
  succeeded: { tone: "ok", word: "Gone back" },
  failed: { tone: "danger", word: "Did not go through" },
} as const;
