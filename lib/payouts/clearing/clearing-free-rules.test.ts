import { expect, test } from "vitest";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { Entry } from "./clearing-facts.ts";
import { Free } from "./clearing-free-rules.ts";

const entered = (entryId: string, minor: bigint, date: string): Entry => ({
  ...{ entryId, minor, date },
  ...{ reference: null, isPayment: false, transferId: null },
});

const byHand: ClearingDocument = {
  ...{ postingId: "posting", sourceId: "payment", reference: "CF-AAAAAAAAAA", currency: "AUD" },
  ...{ accountId: "clearing", captureId: "payment", minor: 10_000n, date: "2026-07-01" },
  ...{ xeroId: null, xeroIds: [], targetId: null },
  kind: "payment",
  state: "by_hand",
};

test("what a person entered by hand is not taken for what stood there long before", () => {
  const free = new Free([
    entered("of long ago", 10_000n, "2026-01-31"),
    entered("of the bank's day", 10_000n, "2026-06-26"),
  ]);
  expect(free.take(byHand).map(({ entryId }) => entryId)).toEqual(["of the bank's day"]);
  expect(free.take(byHand)).toEqual([]);
  expect([...free.rest()].map(({ entryId }) => entryId)).toEqual(["of long ago"]);
});
