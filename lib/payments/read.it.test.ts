import { beforeAll, expect, test } from "vitest";
import { requireFirm } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { makePayment } from "#lib/testing/payments-made.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { collectedByDay } from "./read.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let other: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
  other = await openDesk(db(), simulator(), { country: "uk", backfill: false });
});

test("what came in is summed by the firm's own days, by currency, and nobody else's is in it", async () => {
  const firm = await requireFirm(db(), desk.caller.actor, desk.books.firmId, "see");
  // Midnights in Sydney, with the clock an hour further on the second of these days.
  for (const [at, minor] of [
    ["2026-10-02T13:59:59.999Z", 1],
    ["2026-10-02T14:00:00.000Z", 10],
    ["2026-10-03T13:59:59.999Z", 100],
    ["2026-10-03T14:00:00.000Z", 1_000],
    ["2026-10-04T12:59:59.999Z", 10_000],
    ["2026-10-04T13:00:00.000Z", 100_000],
  ] as const)
    await makePayment(db(), desk, { at, minor });
  await makePayment(db(), desk, { at: "2026-10-03T00:00:00Z", minor: 500, currency: "NZD" });
  await makePayment(db(), desk, { at: "2026-10-03T00:00:00Z", minor: 7, problem: "Too much." });
  await makePayment(db(), other, { at: "2026-10-03T00:00:00Z", minor: 9_999 });

  const timeZone = "Australia/Sydney";
  const asked = { today: "2026-10-04", days: 2, timeZone, own: "AUD" };
  expect(await collectedByDay(db(), firm, asked)).toEqual([
    {
      currency: "AUD",
      totalMinor: 11_117n,
      days: [
        { day: "2026-10-03", minor: 117n },
        { day: "2026-10-04", minor: 11_000n },
      ],
    },
    {
      currency: "NZD",
      totalMinor: 500n,
      days: [
        { day: "2026-10-03", minor: 500n },
        { day: "2026-10-04", minor: 0n },
      ],
    },
  ]);
});
