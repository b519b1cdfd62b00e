import { expect, test } from "vitest";
import { testBackCrashes } from "#lib/testing/crashes/back-crash-points.ts";

const broken = testBackCrashes();

test("killed at any effect of taking off a part of a payment, between removal and rest too, exactly the rest stands", async () => {
  expect(await broken("dispute of a part in Xero")).toEqual([]);
}, 600_000);
