import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { claimIn, metadataOf } from "./claim.ts";

const claim = (count: number) => ({
  attemptId: randomUUID(),
  firmId: randomUUID(),
  connectionId: randomUUID(),
  checkoutId: randomUUID(),
  lines: Array.from({ length: count }, (_, at) => ({
    invoiceId: randomUUID(),
    amountMinor: BigInt(at * 99_999_999 + 1),
  })),
});

test("what a payment pays is read back as it was written, also of a hundred invoices, within what Stripe keeps", () => {
  for (const count of [1, 8, 9, 100]) {
    const said = claim(count);
    const metadata = metadataOf(said);
    expect(claimIn(metadata)).toEqual(said);
    expect(Object.keys(metadata).length).toBeLessThanOrEqual(50);
    for (const value of Object.values(metadata)) expect(value.length).toBeLessThanOrEqual(500);
  }
});

test.each<[string, Record<string, string> | null]>([
  ["nothing", null],
  ["another system's", { order: "7" }],
  ["a version's before claims", { counterfoil_attempt: randomUUID() }],
  ["one with a line that somebody changed", { ...metadataOf(claim(1)), counterfoil_lines_1: "x=-5" }],
  ["one without lines", metadataOf(claim(0))],
])("no claim is read out of metadata that is %s", (_, metadata) => {
  expect(claimIn(metadata)).toBeNull();
});
