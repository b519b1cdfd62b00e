import fc from "fast-check";
import { expect, test } from "vitest";
import type { Purpose } from "../api/types.ts";
import { allowanceIn, type Budget, judge } from "./budget-rules.ts";

const now = new Date("2026-11-21T10:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const PURPOSES = ["payer", "write", "sync"] as const;
const idle = { payer: 0, write: 0, sync: 0 };
const budget = (over: Partial<Budget> = {}): Budget => ({
  minuteRemaining: 59,
  dayRemaining: 1_000,
  appMinuteRemaining: 9_999,
  dayLimit: 1_000,
  observedAt: ago(1),
  blockedUntil: null,
  blockedBy: null,
  payerWaitsUntil: null,
  writeWaitsUntil: null,
  underWay: idle,
  inMinute: 0,
  payersInMinute: 0,
  firstOverAt: null,
  appInMinute: 0,
  ...over,
});
const unknown = budget({
  minuteRemaining: null,
  dayRemaining: null,
  appMinuteRemaining: null,
  dayLimit: null,
  observedAt: null,
});
const may = (over: Partial<Budget>) => PURPOSES.filter((one) => judge(budget(over), one, now).kind === "go");
const verdict = (over: Partial<Budget>, purpose: Purpose) => judge(budget(over), purpose, now);
const limited = (problem: string, retryAfterSeconds: number) => ({
  kind: "refused",
  fault: { kind: "limited", problem, retryAfterSeconds },
});

const someBudget: fc.Arbitrary<Budget> = fc.record({
  minuteRemaining: fc.option(fc.integer({ min: 0, max: 59 })),
  dayRemaining: fc.option(fc.integer({ min: 0, max: 5_000 })),
  appMinuteRemaining: fc.option(fc.integer({ min: 0, max: 9_999 })),
  dayLimit: fc.constantFrom(null, 1_000, 5_000),
  observedAt: fc.option(fc.integer({ min: 0, max: 8_000 }).map(ago)),
  blockedUntil: fc.integer({ min: -100, max: 100 }).map(ago),
  blockedBy: fc.constantFrom(null, "minute", "day", "appminute", "concurrent"),
  payerWaitsUntil: fc.option(fc.integer({ min: -2, max: 2 }).map(ago)),
  writeWaitsUntil: fc.option(fc.integer({ min: -2, max: 2 }).map(ago)),
  underWay: fc.record({
    payer: fc.integer({ min: 0, max: 5 }),
    write: fc.integer({ min: 0, max: 5 }),
    sync: fc.integer({ min: 0, max: 4 }),
  }),
  inMinute: fc.integer({ min: 0, max: 70 }),
  payersInMinute: fc.integer({ min: 0, max: 3 }),
  firstOverAt: fc.option(fc.integer({ min: -40, max: 60 }).map(ago)),
  appInMinute: fc.integer({ min: 0, max: 10_500 }),
});

test("all may go while Xero has said nothing", () => {
  for (const purpose of PURPOSES) expect(judge(unknown, purpose, now)).toEqual({ kind: "go" });
});

test("whatever the numbers are, a call that may begin breaks none of Xero's limits and comes at no time that Xero forbade", () => {
  fc.assert(
    fc.property(someBudget, fc.constantFrom(...PURPOSES), (some, purpose) => {
      if (judge(some, purpose, now).kind !== "go") return;
      const { payer, write, sync } = some.underWay;
      expect(payer + write + sync).toBeLessThan(5);
      expect(some.inMinute).toBeLessThan(60);
      expect(some.appInMinute).toBeLessThan(10_000);
      if (some.observedAt && some.observedAt > ago(60)) {
        expect(some.minuteRemaining).not.toBe(0);
        const isOver = some.blockedBy === "day" && some.blockedUntil && some.observedAt <= some.blockedUntil;
        if (!isOver) expect(some.dayRemaining).not.toBe(0);
        expect(some.appMinuteRemaining).not.toBe(0);
      }
      if (some.blockedBy) expect(some.blockedUntil?.getTime()).toBeLessThanOrEqual(now.getTime());
    }),
    { numRuns: 3_000 },
  );
});

test("whenever sync may begin, so may a write and a payer; whenever a payer is not refused, a write isn't either", () => {
  fc.assert(
    fc.property(someBudget, (some) => {
      const go = (purpose: Purpose) => judge(some, purpose, now).kind === "go";
      const refused = (purpose: Purpose) => judge(some, purpose, now).kind === "refused";
      if (go("sync")) expect([go("order"), go("write"), go("payer")]).toEqual([true, true, true]);
      if (go("order")) expect([go("write"), go("payer")]).toEqual([true, true]);
      if (!refused("payer")) expect(refused("write")).toBe(false);
    }),
    { numRuns: 3_000 },
  );
});

test("a refusal always says when to ask again, a second or more ahead", () => {
  fc.assert(
    fc.property(someBudget, fc.constantFrom(...PURPOSES), (some, purpose) => {
      const said = judge(some, purpose, now);
      if (said.kind !== "refused") return;
      expect(said.fault.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      if (some.blockedBy && some.blockedUntil && some.blockedUntil > now)
        expect(ago(-said.fault.retryAfterSeconds).getTime()).toBeGreaterThanOrEqual(
          some.blockedUntil.getTime(),
        );
    }),
  );
});

test("the minute's last calls are kept: half of it from sync, ten from payers, by our own count and by Xero's word alike", () => {
  expect(may({ inMinute: 29 })).toEqual(["payer", "write", "sync"]);
  expect(may({ inMinute: 30 })).toEqual(["payer", "write"]);
  expect(may({ inMinute: 50 })).toEqual(["write"]);
  expect(may({ inMinute: 60 })).toEqual([]);
  expect(may({ minuteRemaining: 30 })).toEqual(["payer", "write"]);
  expect(may({ minuteRemaining: 10 })).toEqual(["write"]);
  expect(may({ minuteRemaining: 0 })).toEqual([]);
  expect(may({ minuteRemaining: 0, observedAt: ago(60) })).toEqual(["payer", "write", "sync"]);
});

test("what orders become leaves payers and what is paid the last calls of a minute and a day, and goes behind them", () => {
  const order = (over: Partial<Budget>) => verdict(over, "order").kind;
  expect([order({ inMinute: 47 }), order({ inMinute: 48 })]).toEqual(["go", "refused"]);
  const busy = { payersInMinute: 1 };
  expect([order({ inMinute: 34, ...busy }), order({ inMinute: 35, ...busy })]).toEqual(["go", "refused"]);
  expect([order({ dayRemaining: 151 }), order({ dayRemaining: 150 })]).toEqual(["go", "refused"]);
  expect([order({ writeWaitsUntil: ago(-1) }), order({ payerWaitsUntil: ago(-1) })]).toEqual([
    "wait",
    "wait",
  ]);
  expect(order({ underWay: { ...idle, sync: 3 } })).toBe("go");
});

test("a refused minute ends when Xero's word is too old to count, or our first call falls out of it", () => {
  expect(verdict({ minuteRemaining: 3, observedAt: ago(20) }, "sync")).toEqual(limited("minute", 40));
  expect(verdict({ inMinute: 60, firstOverAt: ago(50), observedAt: ago(61) }, "write")).toEqual(
    limited("minute", 10),
  );
});

test("headers that show more than sixty prove that Xero allows more", () => {
  expect(may({ minuteRemaining: 900, inMinute: 300 })).toEqual(["payer", "write", "sync"]);
  expect(may({ minuteRemaining: 900, inMinute: 300, observedAt: ago(61) })).toEqual([]);
});

test("the day's last calls are kept: first from sync, then from payers, and a write never begins without one left", () => {
  const left = (dayRemaining: number, dayLimit = 1_000) => may({ dayRemaining, dayLimit });
  expect(left(301)).toEqual(["payer", "write", "sync"]);
  expect(left(300)).toEqual(["payer", "write"]);
  expect(left(100)).toEqual(["write"]);
  expect(left(0)).toEqual([]);
  expect(left(1_400, 5_000)).toEqual(["payer", "write"]);
  expect(verdict({ dayRemaining: 0, observedAt: ago(600) }, "write")).toEqual(limited("day", 3_000));
});

test("what was left of a day that Xero said to be over counts no more", () => {
  const over = { blockedBy: "day", blockedUntil: ago(5), dayRemaining: 0 } as const;
  expect(may({ ...over, observedAt: ago(6) })).toEqual(["payer", "write", "sync"]);
  expect(verdict({ ...over, observedAt: ago(4) }, "write")).toEqual(limited("day", 3_596));
});

test("an old reading of the day lets one call through, to read again", () => {
  const old = { dayRemaining: 0, observedAt: ago(3_601) };
  expect(verdict(old, "sync")).toEqual({ kind: "go" });
  expect(verdict({ ...old, underWay: { ...idle, payer: 1 } }, "sync")).toEqual({ kind: "wait" });
});

test("nobody calls while Xero asked us to wait, whatever it was for", () => {
  for (const blockedBy of ["minute", "day", "appminute", "concurrent"] as const) {
    const blocked = { blockedBy, blockedUntil: new Date("2026-11-21T10:05:00Z") };
    for (const purpose of PURPOSES) expect(verdict(blocked, purpose)).toEqual(limited(blockedBy, 300));
    expect(may({ ...blocked, blockedUntil: ago(1) })).toEqual(["payer", "write", "sync"]);
  }
});

test("of five places sync takes three, and those who wait for one go in their order", () => {
  expect(may({ underWay: { ...idle, sync: 2 } })).toEqual(["payer", "write", "sync"]);
  expect(may({ underWay: { ...idle, sync: 3 } })).toEqual(["payer", "write"]);
  expect(verdict({ underWay: { ...idle, sync: 3 } }, "sync")).toEqual({ kind: "wait" });
  expect(may({ underWay: { sync: 3, write: 1, payer: 1 } })).toEqual([]);
  expect(may({ writeWaitsUntil: ago(-1) })).toEqual(["payer", "write"]);
  expect(may({ payerWaitsUntil: ago(-1) })).toEqual(["payer"]);
});

test("the app's minute is kept over all its organisations", () => {
  expect(may({ appInMinute: 8_000 })).toEqual(["payer", "write"]);
  expect(may({ appInMinute: 9_000 })).toEqual(["write"]);
  expect(verdict({ appInMinute: 9_500 }, "write")).toEqual(limited("appminute", 1));
  expect(may({ appMinuteRemaining: 500 })).toEqual([]);
});

test("only whole numbers in Xero's headers count", () => {
  const headers = { "x-minlimit-remaining": "59", "x-daylimit-remaining": "many" };
  expect(allowanceIn(headers)).toEqual({ minuteRemaining: 59, dayRemaining: null, appMinuteRemaining: null });
});
