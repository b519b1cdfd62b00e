import { afterAll, beforeAll, expect, test } from "vitest";
import { type BackCrash, backCrasher } from "#lib/testing/crashes/back-crashes.ts";
import { type Crasher, crasher, killPoints } from "#lib/testing/crashes/crash.ts";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";

const db = testDb();
const simulator = testSimulator();
let crash: ReturnType<typeof backCrasher>;
let children: Crasher;

beforeAll(async () => {
  children = crasher();
  crash = backCrasher(await openDesk(db(), simulator()), children);
});
afterAll(() => children.stop());

async function broken(back: BackCrash["back"]): Promise<string[]> {
  const { points, breaks } = await crash({ back, at: 0 });
  const found = [...breaks];
  for (const at of killPoints(points)) {
    const { breaks } = await crash({ back, at });
    found.push(...breaks.map((what) => `${at} ${points?.[at - 1]}: ${what}`));
  }
  return found;
}

test("killed at any effect of a refund that staff ask for, it goes back once, and Xero has it once", async () => {
  expect(await broken("refund")).toEqual([]);
}, 300_000);

test("killed at any effect of telling Xero, between credit note and payment too, there is one of each", async () => {
  expect(await broken("refund in Xero")).toEqual([]);
}, 300_000);

test("killed at any effect of hearing that a dispute is lost, its payment is taken off in Xero once", async () => {
  expect(await broken("dispute")).toEqual([]);
}, 300_000);

test("killed at any effect of taking off a part of a payment, between removal and rest too, exactly the rest stands", async () => {
  expect(await broken("dispute of a part in Xero")).toEqual([]);
}, 600_000);

test("killed at any effect of hearing that a lost dispute is won after all, the payment is in Xero again, once", async () => {
  expect(await broken("dispute won after all")).toEqual([]);
}, 300_000);

test("killed at any effect of taking a payment off in Xero, it is off, and its invoices are owed again", async () => {
  expect(await broken("dispute in Xero")).toEqual([]);
}, 300_000);
