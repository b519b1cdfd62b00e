import { dayIn } from "../clock.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH_FIRST = new Set(["US", "CA", "PH"]);
const DAY_MS = 86_400_000;

/** A calendar day as Xero and the database write it: "2026-11-12". No clock, no time zone. */
export type IsoDate = string;

/** "12 Nov 2026", in the US "Nov 12, 2026". `country` is ISO 3166 alpha-2. Throws for anything but a day. */
export function formatDate(date: IsoDate, country: string): string {
  const { year, month, day } = partsOf(date);
  return MONTH_FIRST.has(country) ? `${month} ${day}, ${year}` : `${day} ${month} ${year}`;
}

/** "12 Nov" (US "Nov 12") within the year of `today`; in another year the whole date. */
export function formatDay(date: IsoDate, country: string, today: IsoDate): string {
  const { year, month, day } = partsOf(date);
  if (year !== partsOf(today).year) return formatDate(date, country);
  return MONTH_FIRST.has(country) ? `${month} ${day}` : `${day} ${month}`;
}

/** How far `due` is from `today`: "today", "tomorrow", "in 9 days", "1 day overdue", "3 months overdue". */
export function distance(due: IsoDate, today: IsoDate): string {
  const days = Math.round((instantOf(due) - instantOf(today)) / DAY_MS);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return days > 0 ? `in ${span(days)}` : `${span(-days)} overdue`;
}

export function isOverdue(due: IsoDate, today: IsoDate): boolean {
  return instantOf(due) < instantOf(today);
}

/** "12 Nov 2026, 15:04", in the US "Nov 12, 2026, 3:04 pm". */
export function formatInstant(at: Date, where: { country: string; timeZone: string }): string {
  return `${formatDate(dayIn(where.timeZone, at), where.country)}, ${formatTime(at, where)}`;
}

/** "15:04", in the US "3:04 pm". */
export function formatTime(at: Date, { country, timeZone }: { country: string; timeZone: string }): string {
  const american = MONTH_FIRST.has(country);
  const time = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hour: american ? "numeric" : "2-digit",
    minute: "2-digit",
    hourCycle: american ? "h12" : "h23",
  }).format(at);
  return time.replace(/\s?([AP])M$/, (_, half) => ` ${half.toLowerCase()}m`);
}

/** "just now", "3 minutes ago", "2 hours ago", "yesterday", "12 days ago", "4 months ago"; "in 3 minutes" ahead of now. */
export function ago(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return "just now";
  const words =
    size < 3570
      ? count(Math.max(1, Math.round(size / 60)), "minute")
      : size < 84_600
        ? count(Math.round(size / 3600), "hour")
        : span(Math.round(size / 86_400));
  if (seconds < 0) return words === "1 day" ? "tomorrow" : `in ${words}`;
  return words === "1 day" ? "yesterday" : `${words} ago`;
}

/** "1 day", "59 days", "3 months", "2 years": days are exact for two months, then rounded down. */
function span(days: number): string {
  if (days < 60) return count(days, "day");
  const months = Math.floor(days / 30.44);
  return months < 24 ? count(months, "month") : count(Math.floor(days / 365.25), "year");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function partsOf(date: IsoDate): { year: string; month: string; day: number } {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (!name || new Date(instantOf(date)).getUTCDate() !== Number(day))
    throw new RangeError(`Not a day: ${date}`);
  return { year, month: name, day: Number(day) };
}

function instantOf(date: IsoDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}
