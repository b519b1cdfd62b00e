import { dayIn } from "#lib/core/clock.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { Limited } from "./budget-rules.ts";
import type { Forecast } from "./usage-rules.ts";

type Where = { country: string; timeZone: string };

const number = new Intl.NumberFormat("en");

/** "340 of 1,000 calls left today; at this hour's pace they last until about 17:40." */
export function dayInWords(
  { left, limit, forecast }: { left: number; limit: number; forecast: Forecast },
  { now, ...where }: Where & { now: Date },
): string {
  const calls = `${number.format(left)} of ${number.format(limit)} calls left today`;
  switch (forecast.kind) {
    case "enough":
      return `${calls}: enough for the day.`;
    case "until":
      return `${calls}; at this hour's pace they last until about ${timeOf(forecast.at, now, where)}.`;
    case "none_left":
      return "No calls left today. Payments that come in are written to Xero when it allows calls again.";
  }
}

/** What the day's reserve does already; null while all may call. */
export function reserveInWords({ left, limit }: { left: number; limit: number }): string | null {
  if (left <= 0 || left > limit * 0.3) return null;
  return left <= limit * 0.1
    ? "The rest is kept for writing payments. Changes in Xero are not read, and what payers see may be older."
    : "The rest is kept for payers and for writing payments. Changes in Xero are not read until tomorrow.";
}

const ASKED: Record<Limited["problem"], string> = {
  minute: "this minute's calls are used up",
  day: "today's calls are used up",
  appminute: "this minute's calls of the whole app are used up",
  concurrent: "too many calls at once",
};

/** "Xero asked us to wait until 17:41: this minute's calls are used up." */
export function blockInWords(
  { problem, until }: { problem: Limited["problem"]; until: Date },
  { now, ...where }: Where & { now: Date },
): string {
  return `Xero asked us to wait until ${timeOf(until, now, where)}: ${ASKED[problem]}.`;
}

/** "0.4 GB", "12 MB": units of a thousand, as Xero bills them. */
export function bytesInWords(bytes: number): string {
  if (bytes >= 1e8) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e3).toFixed(0)} kB`;
}

function timeOf(at: Date, now: Date, where: Where): string {
  const time = formatInstant(at, where).split(", ").at(-1) ?? "";
  return dayIn(where.timeZone, at) === dayIn(where.timeZone, now) ? time : `${time} tomorrow`;
}
