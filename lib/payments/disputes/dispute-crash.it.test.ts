import { expect, test } from "vitest";
import { testBackCrashes } from "#lib/testing/crashes/back-crash-points.ts";

const broken = testBackCrashes();

test("killed at any effect of hearing that a dispute is lost, its payment is taken off in Xero once", async () => {
  expect(await broken("dispute")).toEqual([]);
}, 300_000);

test("killed at any effect of hearing that a lost dispute is won after all, the payment is in Xero again, once", async () => {
  expect(await broken("dispute won after all")).toEqual([]);
}, 300_000);

test("killed at any effect of taking a payment off in Xero, it is off, and its invoices are owed again", async () => {
  expect(await broken("dispute in Xero")).toEqual([]);
}, 300_000);
