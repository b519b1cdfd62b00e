import { expect, test } from "vitest";
import { allowanceIn, type Budget, refuse } from "./budget.ts";

const now = new Date("2026-11-21T10:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const budget = (over: Partial<Budget>): Budget => ({
  minuteRemaining: 60,
  dayRemaining: 1_000,
  appMinuteRemaining: 10_000,
  dayLimit: 1_000,
  observedAt: ago(1),
  blockedUntil: null,
  blockedBy: null,
  ...over,
});

test("all may go while Xero has said nothing", () => {
  expect(refuse(undefined, "sync", now)).toBeNull();
});

test("sync leaves the last ten calls of a minute to the others", () => {
  const low = budget({ minuteRemaining: 10, observedAt: ago(20) });
  expect(refuse(low, "sync", now)).toEqual({ kind: "limited", problem: "minute", retryAfterSeconds: 40 });
  expect(refuse(low, "payer", now)).toBeNull();
  expect(refuse({ ...low, observedAt: ago(61) }, "sync", now)).toBeNull();
});

test("the day's last calls are kept: first from sync, then from payers, never from writes", () => {
  const kinds = (dayRemaining: number, dayLimit = 1_000) =>
    (["sync", "payer", "write"] as const).filter(
      (purpose) => !refuse(budget({ dayRemaining, dayLimit }), purpose, now),
    );
  expect(kinds(301)).toEqual(["sync", "payer", "write"]);
  expect(kinds(300)).toEqual(["payer", "write"]);
  expect(kinds(100)).toEqual(["write"]);
  expect(kinds(0)).toEqual(["write"]);
  expect(kinds(1_400, 5_000)).toEqual(["payer", "write"]);
});

test("an old reading of the day lets one call through, to read again", () => {
  expect(refuse(budget({ dayRemaining: 0, observedAt: ago(3_601) }), "sync", now)).toBeNull();
});

test("nobody calls while Xero asked us to wait", () => {
  const blocked = budget({ blockedBy: "day", blockedUntil: new Date("2026-11-21T10:05:00Z") });
  expect(refuse(blocked, "write", now)).toEqual({ kind: "limited", problem: "day", retryAfterSeconds: 300 });
  expect(refuse({ ...blocked, blockedUntil: ago(1) }, "write", now)).toBeNull();
});

test("only whole numbers in Xero's headers count", () => {
  const headers = { "x-minlimit-remaining": "59", "x-daylimit-remaining": "many" };
  expect(allowanceIn(headers)).toEqual({ minuteRemaining: 59, dayRemaining: null, appMinuteRemaining: null });
});
