import { expect, test } from "vitest";
import { testBackCrashes } from "#lib/testing/crashes/back-crash-points.ts";

const broken = testBackCrashes();

test("killed at any effect of a refund that staff ask for, it goes back once, and Xero has it once", async () => {
  expect(await broken("refund")).toEqual([]);
}, 300_000);

test("killed at any effect of telling Xero, between credit note and payment too, there is one of each", async () => {
  expect(await broken("refund in Xero")).toEqual([]);
}, 300_000);
