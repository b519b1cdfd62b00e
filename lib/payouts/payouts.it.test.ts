import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
});
beforeEach(async () => {
  await desk.setUp();
});

const inBank = () => desk.balanceOf(desk.bankId);
const inClearing = () => desk.balanceOf(desk.clearingAccountId);
const written = async () =>
  (
    await db().execute(
      sql`select kind, state, amount_minor::int as minor from postings where kind in ('fee', 'transfer', 'transfer_back') order by created_at, kind`,
    )
  ).rows;

/** How much an account moved by what is done. */
async function moved(work: () => Promise<unknown>) {
  const before = [await inBank(), await inClearing()];
  await work();
  return { bank: (await inBank()) - (before[0] ?? 0), clearing: (await inClearing()) - (before[1] ?? 0) };
}

describe("a payout", () => {
  test("is in Xero as fee and transfer: the bank gets exactly the net, and nothing stays in clearing", async () => {
    let net = 0;
    const change = await moved(async () => {
      await paidByCard(desk);
      await desk.days(2);
      net = (await desk.paidOut()).amount;
      await desk.heard();
    });
    expect(net).toBeLessThan(10_000);
    expect(change).toEqual({ bank: net, clearing: 0 });
    expect(await written()).toMatchObject([
      { kind: "fee", state: "done", minor: 10_000 - net },
      { kind: "transfer", state: "done", minor: net },
    ]);
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });
  });
});
