import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crasher, crasher, killPoints } from "#lib/testing/crash.ts";
import type { Orders } from "#lib/testing/crash-child.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { breaksInTheEnd, paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { buried } from "#lib/testing/truth.ts";
import { startRefund } from "./start-refund.ts";
import type { Capture } from "./store.ts";
import { tellXero } from "./tell-xero.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let capture: Capture;
let children: Crasher;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  capture = await paidByCard(desk, 2);
  children = crasher();
});
afterAll(() => children.stop());

const refund = (): Orders["work"] => ({
  kind: "refund",
  caller: desk.caller,
  captureId: capture.id,
  amount: "101",
});

/** One refund of 1.01 over two invoices; the plug is pulled at the chosen effect of `work`, and all is seen to. */
async function crash(work: Orders["work"], at: number) {
  if (work.kind === "postings") {
    await startRefund(db(), desk.caller, { captureId: capture.id, amountMinor: 101n, note: "A crash" });
    await tellXero(db());
  }
  const { points } = await children.run({ at, how: "kill", work });
  await buried(db());
  return { points, breaks: await breaksInTheEnd(desk) };
}

async function broken(work: Orders["work"]): Promise<string[]> {
  const { points, breaks } = await crash(work, 0);
  const found = [...breaks];
  for (const at of killPoints(points)) {
    const { breaks } = await crash(work, at);
    found.push(...breaks.map((what) => `${at} ${points?.[at - 1]}: ${what}`));
  }
  return found;
}

test("killed at any effect of a refund that staff ask for, it goes back once, and Xero has it once", async () => {
  expect(await broken(refund())).toEqual([]);
}, 300_000);

test("killed at any effect of telling Xero, between credit note and payment too, there is one of each", async () => {
  expect(await broken({ kind: "postings", pauseMs: 0 })).toEqual([]);
}, 300_000);
