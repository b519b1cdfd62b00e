/** Document dates are plain days, "2026-11-21", in the organisation's own time (xero-platform.md 3.1). */

const dayMs = 86_400_000;

export const dayToMs = (day: string) => Date.parse(`${day}T00:00:00Z`);
export const msToDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const addDays = (day: string, days: number) => msToDay(dayToMs(day) + days * dayMs);

const zones: Record<string, string> = {
  AUSEASTERNSTANDARDTIME: "Australia/Sydney",
  GMTSTANDARDTIME: "Europe/London",
  CENTRALSTANDARDTIME: "America/Chicago",
  NEWZEALANDSTANDARDTIME: "Pacific/Auckland",
};

/** Of two days, the later one. */
export const laterDay = (one: string, other: string) => (one.localeCompare(other) > 0 ? one : other);

/** Today by the organisation's wall clock. */
export function dayIn(timezone: string, ms: number): string {
  const timeZone = zones[timezone] ?? "UTC";
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(ms);
}

/** What the organisation's wall clock shows, as if that were UTC. */
export function wallClock(timezone: string, ms: number): number {
  const timeZone = zones[timezone] ?? "UTC";
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" }).format(ms);
  return Date.parse(`${dayIn(timezone, ms)}T${time}Z`) + (ms % 1000);
}

/** Reads "2026-11-21", an ISO instant or "/Date(ms+0000)/". Undefined for anything else. */
export function parseDay(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const wrapped = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (wrapped) return msToDay(Number(wrapped[1]));
  if (!/^\d{4}-\d{2}-\d{2}([T ].*)?$/.test(value)) return undefined;
  const day = value.slice(0, 10);
  return Number.isNaN(dayToMs(day)) || msToDay(dayToMs(day)) !== day ? undefined : day;
}

/** "30 Sep 2026", as lock-date messages write it. */
export function longDay(day: string): string {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat("en-US", options)
    .formatToParts(dayToMs(day))
    .filter(({ type }) => type !== "literal")
    .map(({ value }) => value)
    .sort((a, b) => order(a) - order(b))
    .join(" ");
}

/** Day, month, year. */
function order(part: string): number {
  if (part.length === 4) return 2;
  return /^\d+$/.test(part) ? 0 : 1;
}
