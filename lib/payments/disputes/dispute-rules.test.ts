import { expect, test } from "vitest";
import { disputeState } from "#lib/processor/stripe/disputes.ts";
import type { DisputeStage } from "#lib/processor/types.ts";
import { DISPUTES, heldOf, untoldOf } from "./dispute-rules.ts";
import { type DisputeFacts, disputeLetter } from "./dispute-words.ts";

const dueBy = new Date("2026-12-06T00:00:00Z");

const atStripe = (status: string, moved: number[]) =>
  disputeState({
    ...{ id: "du_1", payment_intent: "pi_1", amount: 10_000, currency: "aud", reason: "fraudulent", status },
    ...{ created: 1, evidence_details: { due_by: dueBy.getTime() / 1_000 } },
    balance_transactions: moved.map((amount, at) => ({ amount, exchange_rate: null, created: at })),
  } as unknown as Parameters<typeof disputeState>[0]);

/** Stripe's status, the dispute's balance transactions, what Xero was told before: our stage, what Xero is told now, what is held. */
test.each<[string, number[], bigint, DisputeStage, bigint, bigint]>([
  ["warning_needs_response", [], 0n, "inquiry", 0n, 0n],
  ["warning_under_review", [], 0n, "inquiry_answered", 0n, 0n],
  ["warning_closed", [], 0n, "inquiry_closed", 0n, 0n],
  ["needs_response", [-10_000], 0n, "open", 0n, 10_000n],
  ["under_review", [-10_000], 0n, "answered", 0n, 10_000n],
  ["won", [-10_000], 0n, "won_unpaid", 0n, 10_000n],
  ["won", [-10_000, 10_000], 0n, "won", 0n, 0n],
  ["won", [-10_000, 6_000], 0n, "won", 4_000n, 0n],
  ["won", [-10_000, 10_000], 10_000n, "won", -10_000n, 0n],
  ["lost", [-10_000], 0n, "lost", 10_000n, 0n],
  ["lost", [-10_000], 10_000n, "lost", 0n, 0n],
  ["lost", [-10_000, 4_000], 0n, "lost", 6_000n, 0n],
  ["lost", [-10_000, 4_000], 10_000n, "lost", -4_000n, 0n],
  ["lost", [], 0n, "lost", 0n, 0n],
  ["appeal_needs_response", [-10_000], 10_000n, "appeal", 0n, 0n],
  ["appeal_under_review", [-10_000, 10_000, -10_000], 0n, "appeal_answered", 0n, 10_000n],
  ["prevented", [-10_000], 0n, "prevented", 10_000n, 0n],
  ["prevented", [], 0n, "prevented", 0n, 0n],
  ["a_status_of_next_year", [-10_000], 0n, "open", 0n, 10_000n],
])(
  "Stripe's %s with %j, of which Xero was told %s, is %s",
  (status, moved, toldMinor, stage, untold, held) => {
    const found = { ...atStripe(status, moved), toldMinor };
    expect(found.state).toBe(stage);
    expect(untoldOf(found)).toBe(untold);
    expect(heldOf(found)).toBe(held);
  },
);

test("only who is asked for evidence has something to do, and nobody of what is decided", () => {
  const stages = Object.entries(DISPUTES);
  expect(stages.filter(([, row]) => row.asksStaff).map(([stage]) => stage)).toEqual([
    ...["inquiry", "open", "appeal"],
  ]);
  expect(stages.filter(([, row]) => row.asksStaff && row.isDecided)).toEqual([]);
});

type Stood = [DisputeStage, bigint];
const facts = ([state, withdrawnMinor]: Stood): DisputeFacts => ({
  ...{ state, withdrawnMinor, currency: "AUD", amountMinor: 10_000n, ofMinor: 20_000n, dueBy },
});

/** How it stood, how it stands: what staff are written. */
test.each<[Stood | null, Stood, string | null, string]>([
  [
    null,
    ["inquiry", 0n],
    "bank asks about a payment of A$100.00",
    "no money has moved. Answer in Stripe by D.",
  ],
  [["inquiry", 0n], ["inquiry_answered", 0n], null, ""],
  [
    ["inquiry_answered", 0n],
    ["inquiry_closed", 0n],
    "inquiry about a payment of A$100.00 is closed",
    "No money is gone",
  ],
  [
    ["inquiry", 0n],
    ["open", 10_000n],
    "has become a dispute",
    "has taken A$100.00 back until the bank decides. Answer in Stripe by D.",
  ],
  [null, ["open", 0n], "disputes a payment of A$100.00", "has not taken the money so far"],
  [["open", 0n], ["open", 10_000n], null, ""],
  [["open", 10_000n], ["answered", 10_000n], null, ""],
  [null, ["answered", 10_000n], "disputes a payment of A$100.00", "has taken A$100.00 back"],
  [["answered", 10_000n], ["won_unpaid", 10_000n], "is won", "not given the money back yet"],
  [["won_unpaid", 10_000n], ["won", 0n], "is won, and Stripe has given the money back", "stands in Xero"],
  [["answered", 10_000n], ["won", 0n], "is won.", "No money is gone, and the payment stands in Xero."],
  [
    ["answered", 10_000n],
    ["won", 4_000n],
    "is won in part",
    "A$40.00 is gone. A$60.00 stayed or came back. In Xero the payment is reduced",
  ],
  [["answered", 10_000n], ["lost", 10_000n], "is lost.", "A$100.00 is gone. In Xero the payment is reduced"],
  [
    ["lost", 10_000n],
    ["lost", 6_000n],
    "has given back A$40.00 of the dispute over A$100.00",
    "A$60.00 is gone",
  ],
  [["lost", 10_000n], ["won", 0n], "is won after it had been lost", "stands in Xero"],
  [["won", 0n], ["lost", 10_000n], "is lost after it had been won", "A$100.00 is gone"],
  [
    ["won", 0n],
    ["appeal", 10_000n],
    "is appealed",
    "has taken A$100.00 back until the bank decides. Answer in Stripe by D.",
  ],
  [["appeal", 10_000n], ["appeal_answered", 10_000n], null, ""],
  [null, ["prevented", 10_000n], "was settled with the client before it began", "A$100.00 is gone"],
])("from %s to %s staff are written %s", (was, is, happened, money) => {
  const before = was && { state: was[0], withdrawnMinor: was[1] };
  const letter = disputeLetter(before, facts(is), () => "D");
  if (happened === null) return expect(letter).toBeNull();
  expect(letter?.happened).toContain(happened);
  expect(letter?.money).toContain(money);
  return undefined;
});
