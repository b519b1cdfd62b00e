import type { Fault } from "../api/fault-words.ts";
import type { CountedAs, Purpose } from "../api/types.ts";

export type Limited = Extract<Fault, { kind: "limited" }>;

/** What Xero's headers said was left, of one app with one organisation; null where they said nothing. */
export type Allowance = {
  minuteRemaining: number | null;
  dayRemaining: number | null;
  appMinuteRemaining: number | null;
};

/** Xero's word, less each call of ours that it may not have counted in it, and what all processes of ours do now. */
export type Budget = Allowance & {
  /** 1000 or 5000, by the most that was ever seen left. */
  dayLimit: number | null;
  /** When Xero's headers were last heard. */
  observedAt: Date | null;
  blockedUntil: Date | null;
  blockedBy: Limited["problem"] | null;
  payerWaitsUntil: Date | null;
  writeWaitsUntil: Date | null;
  /** Our calls to this organisation that are under way, as far as anybody knows. */
  underWay: Record<CountedAs, number>;
  /** Ours to this organisation that Xero may count in a minute which holds this moment. */
  inMinute: number;
  /** Those of them that a payer waited for. */
  payersInMinute: number;
  /** When the first of those was over. */
  firstOverAt: Date | null;
  /** The same of the whole app, over all its organisations. */
  appInMinute: number;
};

/** Xero's limits (xero-platform 2.1). Headers that show more prove that it allows more. */
const AT_ONCE = 5;
const A_MINUTE = 60;
const APP_MINUTE = 10_000;

/** Sync leaves two places to those for whom somebody waits. */
const SYNC_AT_ONCE = 3;

/**
 * What each purpose leaves to others: sync half a minute to those for whom somebody waits, orders room for the next payer, and
 * nobody a write without.
 */
const MINUTE_KEPT: Record<Purpose, number> = { sync: 30, order: 12, payer: 10, write: 0 };
const DAY_KEPT_SHARE: Record<Purpose, number> = { sync: 0.3, order: 0.15, payer: 0.1, write: 0 };
/** What orders leave while payers are about: where one came, more may. */
const MINUTE_KEPT_FOR_PAYERS = 25;
/** Organisations don't wait for each other: the last 500 are for calls that begin at the same moment. */
const APP_MINUTE_KEPT: Record<Purpose, number> = { sync: 2_000, order: 1_500, payer: 1_000, write: 500 };

const MINUTE_SECONDS = 60;
/** A reading of the day is believed this long: then one call may pass, and brings a new one. */
const DAY_READING_SECONDS = 3_600;

export type Verdict =
  | { kind: "go" }
  /** A place is free as soon as a call ends: ask again in a moment. */
  | { kind: "wait" }
  | { kind: "refused"; fault: Limited };

/**
 * Whether one more call may begin. Right under fixed and under rolling windows, which Xero doesn't tell apart: a call of
 * ours counts from its beginning until a minute after its end, so no minute of Xero's holds more than `inMinute`; and
 * what Xero says of others' calls with the same app is believed for a minute.
 */
export function judge(budget: Budget, purpose: Purpose, now: Date): Verdict {
  if (budget.blockedBy && budget.blockedUntil && budget.blockedUntil > now)
    return refused(budget.blockedBy, secondsTo(budget.blockedUntil, now));
  const age = budget.observedAt ? (now.getTime() - budget.observedAt.getTime()) / 1_000 : Infinity;

  const dayKept = (budget.dayLimit ?? 1_000) * DAY_KEPT_SHARE[purpose];
  const dayUsedUp = (budget.dayRemaining ?? Infinity) <= dayKept && !isOfDayThatEnded(budget);
  if (dayUsedUp && age < DAY_READING_SECONDS) return refused("day", DAY_READING_SECONDS - age);

  const said = (remaining: number | null) => (age < MINUTE_SECONDS ? (remaining ?? Infinity) : Infinity);
  const left = (limit: number, used: number, remaining: number) =>
    Math.min(Math.max(limit, remaining === Infinity ? 0 : remaining) - used, remaining);
  const minuteLeft = left(A_MINUTE, budget.inMinute, said(budget.minuteRemaining));
  if (minuteLeft <= minuteKept(budget, purpose)) return refused("minute", secondsOfMinute(budget, age, now));
  const appLeft = left(APP_MINUTE, budget.appInMinute, said(budget.appMinuteRemaining));
  if (appLeft <= APP_MINUTE_KEPT[purpose]) return refused("appminute", 1);

  // Of a day that seemed used up long ago one call asks anew, and no other beside it.
  if (dayUsedUp && total(budget.underWay) > 0) return { kind: "wait" };
  return hasRoom(budget, purpose, now) ? { kind: "go" } : { kind: "wait" };
}

function minuteKept({ payersInMinute }: Budget, purpose: Purpose): number {
  return purpose === "order" && payersInMinute > 0 ? MINUTE_KEPT_FOR_PAYERS : MINUTE_KEPT[purpose];
}

/** Xero has said when its day ends, and that is over by now: what was left before says nothing any more. */
function isOfDayThatEnded({ blockedBy, blockedUntil, observedAt }: Budget): boolean {
  return blockedBy === "day" && blockedUntil !== null && observedAt !== null && observedAt <= blockedUntil;
}

function hasRoom(budget: Budget, purpose: Purpose, now: Date): boolean {
  const { underWay, payerWaitsUntil, writeWaitsUntil } = budget;
  if (total(underWay) >= AT_ONCE) return false;
  if (purpose !== "payer" && payerWaitsUntil && payerWaitsUntil > now) return false;
  if (purpose === "payer" || purpose === "write") return true;
  if (writeWaitsUntil && writeWaitsUntil > now) return false;
  return purpose === "order" || underWay.sync < SYNC_AT_ONCE;
}

/** Until Xero's word is too old to count, or until the first of our calls no longer does. */
function secondsOfMinute({ firstOverAt, minuteRemaining }: Budget, age: number, now: Date): number {
  const ours = firstOverAt ? MINUTE_SECONDS - (now.getTime() - firstOverAt.getTime()) / 1_000 : 0;
  const xeros = minuteRemaining === null || age >= MINUTE_SECONDS ? Infinity : MINUTE_SECONDS - age;
  return Math.min(MINUTE_SECONDS, ours > 0 ? Math.min(ours, xeros) : xeros);
}

export function allowanceIn(headers: Record<string, unknown>): Allowance {
  return {
    minuteRemaining: count(headers["x-minlimit-remaining"]),
    dayRemaining: count(headers["x-daylimit-remaining"]),
    appMinuteRemaining: count(headers["x-appminlimit-remaining"]),
  };
}

function count(value: unknown): number | null {
  return typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function refused(problem: Limited["problem"], seconds: number): Verdict {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return { kind: "refused", fault: { kind: "limited", problem, retryAfterSeconds } };
}

function secondsTo(until: Date, now: Date): number {
  return (until.getTime() - now.getTime()) / 1_000;
}

function total({ payer, write, sync }: Record<CountedAs, number>): number {
  return payer + write + sync;
}
