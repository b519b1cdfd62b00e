import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault } from "#lib/xero/api/fault-words.ts";
import {
  afterLook,
  afterSend,
  EMPTY_LOOKS_TOGETHER,
  LEASE_SECONDS,
  LOOK_PAUSE_SECONDS,
  nextStep,
} from "./rules.ts";

const FAULTS: Fault[] = [
  { kind: "needs_reconnect" },
  { kind: "disconnected" },
  { kind: "missing_scope" },
  { kind: "limited", problem: "minute", retryAfterSeconds: 26 },
  { kind: "refused", messages: ["Too much", "Too late"] },
  { kind: "not_found" },
  { kind: "offline" },
  { kind: "no_answer" },
];
const fault = fc.constantFrom(...FAULTS);

test.each([
  [{ sends: 0, emptyLooks: 0 }, "send"],
  [{ sends: 1, emptyLooks: 0 }, "look"],
  [{ sends: 1, emptyLooks: 1 }, "look"],
  [{ sends: 1, emptyLooks: 2 }, "send"],
  [{ sends: 7, emptyLooks: 1 }, "look"],
  [{ sends: 1, emptyLooks: EMPTY_LOOKS_TOGETHER + 2 }, "look"],
] as const)("with %j the next step is to %s", (standing, step) => expect(nextStep(standing)).toBe(step));

test("what may have been sent is never sent again before two looks found nothing", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 1 }),
      (sends, emptyLooks) => nextStep({ sends, emptyLooks }) === "look",
    ),
  );
});

describe("what a failed send means", () => {
  test.each([
    ["needs_reconnect", "ready"],
    ["disconnected", "ready"],
    ["missing_scope", "ready"],
    ["limited", "ready"],
    ["refused", "refused"],
    ["not_found", "refused"],
    ["offline", "unknown"],
    ["no_answer", "unknown"],
  ] as const)("%s: %s", (kind, state) => {
    const given = FAULTS.find((one) => one.kind === kind);
    if (!given) throw new Error(kind);
    expect(afterSend(given, 1).state).toBe(state);
  });

  test("silence is never taken for a no", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FAULTS.filter(({ kind }) => kind === "offline" || kind === "no_answer")),
        fc.integer({ min: 1, max: 10_000 }),
        (silence, sends) => {
          const verdict = afterSend(silence, sends);
          expect(verdict.state).toBe("unknown");
          if (verdict.state === "unknown")
            expect(verdict.inSeconds >= 10 && verdict.inSeconds <= 3_600).toBe(true);
        },
      ),
    );
  });

  test("what Xero never answers is sent ever less often: some thirty times a day in the end", () => {
    const pauses = [1, 2, 3, 6, 9, 10, 1_000].map((sends) => afterSend({ kind: "no_answer" }, sends));
    expect(pauses.map((verdict) => verdict.state === "unknown" && verdict.inSeconds)).toEqual([
      10, 20, 40, 320, 2_560, 3_600, 3_600,
    ]);
  });

  test("Xero's own wait is kept to", () => {
    expect(afterSend({ kind: "limited", problem: "day", retryAfterSeconds: 3_600 }, 1)).toMatchObject({
      inSeconds: 3_600,
    });
  });
});

test("a look that fails proves nothing: whatever went wrong, we look again", () => {
  fc.assert(
    fc.property(fault, fc.integer({ min: 0, max: 2 }), (given, emptyLooks) => {
      const verdict = afterLook(given, { emptyLooks, pause: 15 });
      expect(verdict).toMatchObject({ state: "unknown", inSeconds: 15 });
    }),
  );
});

test("a claim outlives the longest call to Xero, and two looks are far enough apart for a slow write to appear", () => {
  expect(LEASE_SECONDS).toBeGreaterThan(15);
  expect(LOOK_PAUSE_SECONDS).toBeGreaterThanOrEqual(10);
});
