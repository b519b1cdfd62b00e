import { expect, test } from "vitest";
import { feesOf, isAllOurs, isOfOthers, netOf } from "./rules.ts";

const entry = (change: object) => ({
  ...{
    id: "e",
    firmId: "f",
    processorAccountId: "a",
    payoutId: "p",
    objectRef: "txn_1",
    kind: "charge" as const,
  },
  ...{ sourceRef: "ch_1", paymentRef: "pi_1", captureId: "c", refundId: null, disputeId: null },
  ...{ grossMinor: 10_000n, feeMinor: 200n, taxedFeeMinor: 0n, madeAt: new Date() },
  ...change,
});
const payout = { id: "p", objectRef: "po_1" };

test("a payout is the sum of what is in it, less fees", () => {
  expect(netOf([entry({}), entry({ grossMinor: -4_000n, feeMinor: 0n })])).toBe(5_800n);
});

test("fees are one line a payout, or one for each that has one; none is no line", () => {
  const entries = [entry({}), entry({ id: "g", feeMinor: -50n }), entry({ id: "h", feeMinor: 0n })];
  expect(
    feesOf(payout, entries, "payout").map(({ sourceId, amountMinor }) => [sourceId, amountMinor]),
  ).toEqual([["p", 150n]]);
  expect(
    feesOf(payout, entries, "payment").map(({ sourceId, amountMinor }) => [sourceId, amountMinor]),
  ).toEqual([
    ["e", 200n],
    ["g", -50n],
  ]);
  expect(feesOf(payout, [entry({ feeMinor: 0n })], "payout")).toEqual([]);
});

test("fees that carry tax are told apart: by the processor's own details, or where it bills tax by itself", () => {
  const taxed = entry({ feeMinor: 110n, taxedFeeMinor: 110n });
  const billed = [entry({ kind: "fee", feeMinor: 50n }), entry({ kind: "tax", feeMinor: 5n })];
  const of = (...entries: ReturnType<typeof entry>[]) =>
    feesOf(payout, entries, "payout").map(({ amountMinor, taxedMinor }) => [amountMinor, taxedMinor]);
  expect(of(entry({}), taxed)).toEqual([[310n, 110n]]);
  expect(of(entry({}), ...billed)).toEqual([[255n, 55n]]);
  expect(of(entry({ kind: "fee", feeMinor: 50n }))).toEqual([[50n, 0n]]);
  // What evens out still is two lines.
  expect(of(entry({ feeMinor: -110n }), taxed)).toEqual([[0n, 110n]]);
});

test("a payout of clients' money that this desk took none of is not the desk's; one of fees alone is", () => {
  expect(isOfOthers([entry({ captureId: null })])).toBe(true);
  expect(isOfOthers([entry({ captureId: null }), entry({})])).toBe(false);
  expect(isOfOthers([entry({ captureId: null, kind: "fee" })])).toBe(false);
  expect(isOfOthers([])).toBe(false);
});

test("of a shared account only a payout of this firm's payments alone is surely its own", () => {
  expect(isAllOurs([entry({}), entry({ captureId: null, kind: "fee" })])).toBe(true);
  expect(isAllOurs([entry({}), entry({ captureId: null })])).toBe(false);
  expect(isAllOurs([entry({ captureId: null, kind: "fee" })])).toBe(false);
});
