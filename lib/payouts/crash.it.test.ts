import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crasher, crasher, killPoints } from "#lib/testing/crashes/crash.ts";
import type { Orders } from "#lib/testing/crashes/crash-child.ts";
import { testDb } from "#lib/testing/database.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { buried, runToIdle } from "#lib/testing/truth/truth.ts";
import { pollPayouts } from "./read-from-processor.ts";

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

type Crash = { work: Orders["work"]; at: number; how: "kill" | "hold" };

/**
 * A payout of 9.00 with a fee of 1.00 in it; at one effect of `work` the plug is pulled, or it stands still while another
 * does all of it and then goes on. Then all is seen to.
 */
async function crash({ work, at, how }: Crash) {
  await desk.atStripe("balance-entry", { type: "adjustment", amount: 1_000 });
  await desk.atStripe("balance-entry", { type: "stripe_fee", amount: -100 });
  let points: string[] | null = null;
  const change = await desk.moved(async () => {
    await desk.paidOut();
    if (work.kind === "postings") await pollPayouts(db());
    const held = await children.hold({ at, how, work });
    if (held.at) await runToIdle(db());
    ({ points } = await held.goOn());
    await buried(db());
    await desk.heard();
  });
  return { points, change };
}

async function broken(of: Omit<Crash, "at">): Promise<string[]> {
  const { points, change } = await crash({ ...of, at: 0 });
  expect(change).toEqual({ bank: 900, clearing: -1_000 });
  const found: string[] = [];
  for (const at of killPoints(points)) {
    const { change } = await crash({ ...of, at });
    if (change.bank !== 900 || change.clearing !== -1_000)
      found.push(`${at} ${points?.[at - 1]}: bank ${change.bank}, clearing ${change.clearing}`);
  }
  return found;
}

test("killed at any effect of learning of a payout, its fees and its transfer are in Xero once", async () => {
  expect(await broken({ work: { kind: "payouts" }, how: "kill" })).toEqual([]);
}, 300_000);

test("killed at any effect of writing it, between fee and transfer too, there is one of each", async () => {
  expect(await broken({ work: { kind: "postings", pauseMs: 0 }, how: "kill" })).toEqual([]);
}, 300_000);

test("asleep over any effect of writing it, while another worker writes it, there is one of each", async () => {
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 360 });
  expect(await broken({ work: { kind: "postings", pauseMs: 0 }, how: "hold" })).toEqual([]);
}, 300_000);
