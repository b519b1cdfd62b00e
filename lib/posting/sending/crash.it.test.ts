import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crasher, crasher, killPoints } from "#lib/testing/crashes/crash.ts";
import {
  type CrashCase,
  caseInWords,
  crashPosting,
  FAULTS,
  type Ledger,
  openLedger,
  SHAPES,
} from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { shuffled } from "#lib/testing/seeded.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks } from "#lib/testing/truth/truth.ts";

/** The small set; `npm run chaos` goes through the whole product of crashes, faults and shapes. */
const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let ledger: Ledger;
let children: Crasher;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  ledger = await openLedger(desk);
  children = crasher();
});
afterAll(() => children.stop());

/** What each case left behind that it must not, by its name. */
async function broken(cases: CrashCase[]): Promise<string[]> {
  const found: string[] = [];
  for (const one of cases) {
    const { breaks } = await crashPosting(desk, ledger, children, one);
    found.push(...breaks.map((what) => `${caseInWords(one)}: ${what}`));
  }
  return found;
}

const part: CrashCase = { shape: "part", fault: "none", at: 0, first: "dead", keySeconds: 0 };

test("killed before any effect on the world, or after the last, a worker leaves exactly one payment in Xero", async () => {
  const { points } = await crashPosting(desk, ledger, children, part);
  expect(points?.filter((point) => point.startsWith("before POST"))).toHaveLength(1);
  expect(await broken(killPoints(points).map((at) => ({ ...part, at })))).toEqual([]);
}, 300_000);

test("killed or asleep around a call that carries several payments, each is in Xero once", async () => {
  const together: CrashCase = { ...part, shape: "together" };
  const { points } = await crashPosting(desk, ledger, children, together);
  const call = (points?.indexOf("before PUT /api.xro/2.0/Payments") ?? -1) + 1;
  expect(call).toBeGreaterThan(0);
  const asleep = [call, call + 1].map((at) => ({ ...together, first: "asleep", at }) as const);
  const killed = killPoints(points).filter((at) => Math.abs(at - call) < 12);
  expect(await broken([...asleep, ...killed.map((at) => ({ ...together, at }))])).toEqual([]);
}, 300_000);

test("the same of an overpayment, of which Xero keeps no reference", async () => {
  const overpayment = { ...part, shape: "overpayment" } as const;
  const { points } = await crashPosting(desk, ledger, children, overpayment);
  expect(points?.filter((point) => point.startsWith("before PUT"))).toHaveLength(1);
  expect(await broken(killPoints(points).map((at) => ({ ...overpayment, at })))).toEqual([]);
}, 300_000);

test("killed or asleep around a call that carries several invoices which Xero numbers, each stands in Xero once", async () => {
  const sales = { ...part, shape: "sales" } as const;
  const { points } = await crashPosting(desk, ledger, children, sales);
  const call = (points?.indexOf("before PUT /api.xro/2.0/Invoices") ?? -1) + 1;
  expect(call).toBeGreaterThan(0);
  const last = (points?.lastIndexOf("before PUT /api.xro/2.0/Invoices") ?? -1) + 1;
  const asleep = [call, call + 1, last, last + 1].map((at) => ({ ...sales, first: "asleep", at }) as const);
  const killed = killPoints(points).filter((at) => Math.abs(at - last) < 8);
  expect(await broken([...asleep, ...killed.map((at) => ({ ...sales, at }))])).toEqual([]);
}, 300_000);

test("the same of a new contact and what is sold to them", async () => {
  const sale = { ...part, shape: "sale" } as const;
  const { points } = await crashPosting(desk, ledger, children, sale);
  const calls = (points ?? []).flatMap((point, at) => (point.includes(" PUT ") ? at + 1 : []));
  expect(calls.length).toBeGreaterThanOrEqual(8);
  expect(await broken(calls.map((at) => ({ ...sale, at })))).toEqual([]);
}, 300_000);

test("asleep at the worst moments while another does its work, it adds nothing when it wakes", async () => {
  const asleep = { ...part, first: "asleep", keySeconds: 360 } as const;
  const { points } = await crashPosting(desk, ledger, children, asleep);
  const worst = [
    "before POST /api.xro/2.0/Payments",
    "after POST /api.xro/2.0/Payments",
    "before begin",
    "before commit",
    "before insert invoices",
  ];
  expect(await broken(worst.map((point) => ({ ...asleep, at: (points?.indexOf(point) ?? -1) + 1 })))).toEqual(
    [],
  );
}, 300_000);

test("whatever else goes wrong at the same time", async () => {
  const some = shuffled(
    SHAPES.flatMap((shape) =>
      FAULTS.flatMap((fault) =>
        [11, 13, 14, 22, 38, 60].map((at) => ({ ...part, shape, fault, at }) as CrashCase),
      ),
    ),
    Number(process.env.SEED ?? 1),
  ).slice(0, 12);
  expect(await broken(some)).toEqual([]);
}, 300_000);

test("in the end simulator and database agree about everything", async () => {
  expect(await breaks(db(), simulator())).toEqual([]);
});
