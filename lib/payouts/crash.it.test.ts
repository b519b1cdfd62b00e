import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crasher, crasher, killPoints } from "#lib/testing/crash.ts";
import type { Orders } from "#lib/testing/crash-child.ts";
import { testDb } from "#lib/testing/database.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { buried } from "#lib/testing/truth.ts";
import { pollPayouts } from "./learn.ts";

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;
let children: Crasher;

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
  // Only accounts that money came by are asked for payouts.
  await paidByCard(desk);
  await desk.ripe();
  await desk.paidOut();
  await desk.heard();
  // Xero's memory of a key would hide a second send.
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
  children = crasher();
});
afterAll(() => children.stop());

/** A payout of 9.00 with a fee of 1.00 in it; the plug is pulled at one effect of `work`, and all is seen to. */
async function crash(work: Orders["work"], at: number) {
  await desk.atStripe("balance-entry", { type: "adjustment", amount: 1_000 });
  await desk.atStripe("balance-entry", { type: "stripe_fee", amount: -100 });
  let points: string[] | null = null;
  const change = await desk.moved(async () => {
    await desk.paidOut();
    if (work.kind === "postings") await pollPayouts(db());
    ({ points } = await children.run({ at, how: "kill", work }));
    await buried(db());
    await desk.heard();
  });
  return { points, change };
}

async function broken(work: Orders["work"]): Promise<string[]> {
  const { points, change } = await crash(work, 0);
  expect(change).toEqual({ bank: 900, clearing: -1_000 });
  const found: string[] = [];
  for (const at of killPoints(points)) {
    const { change } = await crash(work, at);
    if (change.bank !== 900 || change.clearing !== -1_000)
      found.push(`${at} ${points?.[at - 1]}: bank ${change.bank}, clearing ${change.clearing}`);
  }
  return found;
}

test("killed at any effect of learning of a payout, its fees and its transfer are in Xero once", async () => {
  expect(await broken({ kind: "payouts" })).toEqual([]);
}, 300_000);

test("killed at any effect of writing it, between fee and transfer too, there is one of each", async () => {
  expect(await broken({ kind: "postings", pauseMs: 0 })).toEqual([]);
}, 300_000);
