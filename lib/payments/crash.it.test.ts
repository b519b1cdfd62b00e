import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crasher, crasher, killPoints } from "#lib/testing/crashes/crash.ts";
import { crashPayment, MOMENTS } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { loose } from "#lib/testing/truth/truth.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let children: Crasher;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  children = crasher();
});
afterAll(() => children.stop());

const NAMES = {
  commit: "a payer's commit",
  settle: "the capture of their money",
  cancel: "the end of an attempt",
};

test.each(MOMENTS.map((moment) => [NAMES[moment], moment] as const))(
  "killed at any effect of %s, no money is lost or taken twice",
  async (_, moment) => {
    const { points, breaks } = await crashPayment(desk, children, { moment, at: 0, how: "kill" });
    const broken = [...breaks];
    for (const at of killPoints(points)) {
      const { breaks } = await crashPayment(desk, children, { moment, at, how: "kill" });
      broken.push(...breaks.map((what) => `${at} ${points?.[at - 1]}: ${what}`));
    }
    expect([...broken, ...(await loose(db()))]).toEqual([]);
  },
  300_000,
);
