/** What Xero bills an app by (xero-platform 1.9): organisations it may connect, calls a day each, bytes a month. */
export const TIERS = {
  starter: { name: "Starter", connections: 5, dayLimit: 1_000, egressGigabytes: null },
  core: { name: "Core", connections: 50, dayLimit: 5_000, egressGigabytes: 10 },
  plus: { name: "Plus", connections: 1_000, dayLimit: 5_000, egressGigabytes: 50 },
  advanced: { name: "Advanced", connections: 10_000, dayLimit: 5_000, egressGigabytes: 250 },
} as const;

export type Tier = keyof typeof TIERS;
export const TIER_NAMES = Object.keys(TIERS) as Tier[];

const DAY_HOURS = 24;

export type Forecast =
  | { kind: "enough" }
  /** At the pace of the last hour they are used up then, before Xero's day can be over. */
  | { kind: "until"; at: Date }
  | { kind: "none_left" };

/** How long the calls that are left will do. `lastHour`: calls of the last sixty minutes. */
export function forecast({ left, lastHour, now }: { left: number; lastHour: number; now: Date }): Forecast {
  if (left <= 0) return { kind: "none_left" };
  const hours = lastHour === 0 ? Infinity : left / lastHour;
  if (hours >= DAY_HOURS) return { kind: "enough" };
  return { kind: "until", at: new Date(now.getTime() + hours * 3_600_000) };
}

/** Calls of the last sixty minutes, from whole hours: this one, and of the one before the share that still counts. */
export function lastHourOf(hours: { hour: Date; calls: number }[], now: Date): number {
  const began = Math.floor(now.getTime() / 3_600_000) * 3_600_000;
  const into = (now.getTime() - began) / 3_600_000;
  return Math.round(
    hours.reduce((sum, { hour, calls }) => {
      if (hour.getTime() === began) return sum + calls;
      return hour.getTime() === began - 3_600_000 ? sum + calls * (1 - into) : sum;
    }, 0),
  );
}
