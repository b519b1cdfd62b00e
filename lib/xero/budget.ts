import type { Fault, Purpose } from "./types.ts";

/** What Xero's headers said was left, of one app with one organisation; null where they said nothing. */
export type Allowance = {
  minuteRemaining: number | null;
  dayRemaining: number | null;
  appMinuteRemaining: number | null;
};

export type Budget = Allowance & {
  /** 1000 or 5000, by the most that was ever seen left. */
  dayLimit: number | null;
  observedAt: Date;
  blockedUntil: Date | null;
  blockedBy: "minute" | "day" | "appminute" | "concurrent" | null;
};

/** Sync leaves the last of each minute to payers and writes. */
const SYNC_MINUTE_FLOOR = 10;
const DAY_FLOOR_SHARE: Record<Purpose, number> = { sync: 0.3, payer: 0.1, write: 0 };

/** A reading of the day is believed this long: then one call may pass, and brings a new one. */
const DAY_READING_SECONDS = 3_600;
const MINUTE_SECONDS = 60;

/** Null when the call may go, else why not and for how long: payers and writes go before sync, writes before payers. */
export function refuse(
  budget: Budget | undefined,
  purpose: Purpose,
  now: Date,
): Extract<Fault, { kind: "limited" }> | null {
  if (!budget) return null;
  if (budget.blockedBy && budget.blockedUntil && budget.blockedUntil > now) {
    return {
      kind: "limited",
      problem: budget.blockedBy,
      retryAfterSeconds: secondsTo(budget.blockedUntil, now),
    };
  }
  const age = (now.getTime() - budget.observedAt.getTime()) / 1_000;
  if (
    purpose === "sync" &&
    age < MINUTE_SECONDS &&
    (budget.minuteRemaining ?? Infinity) <= SYNC_MINUTE_FLOOR
  ) {
    return { kind: "limited", problem: "minute", retryAfterSeconds: Math.ceil(MINUTE_SECONDS - age) };
  }
  const floor = (budget.dayLimit ?? 1_000) * DAY_FLOOR_SHARE[purpose];
  if (purpose !== "write" && age < DAY_READING_SECONDS && (budget.dayRemaining ?? Infinity) <= floor) {
    return { kind: "limited", problem: "day", retryAfterSeconds: Math.ceil(DAY_READING_SECONDS - age) };
  }
  return null;
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

function secondsTo(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
}
