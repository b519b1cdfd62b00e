/** How Xero writes JSON (xero-platform.md 3.1): escaped slashes in dates, two decimals, UTC strings. */
import { dayToMs } from "./dates.ts";
import { fromUnits } from "./money.ts";

/** JSON.rawJSON is in Node 24 and not yet in TypeScript's library. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

export type Wire = Record<string, unknown>;

/** Two decimals, always: 55.00. */
export const amount = (minor: number) => rawJson(fromUnits(minor, 2));

/** Whole 10^-places units with as many decimals as asked for. */
export const decimal = (units: number, places: number) => rawJson(fromUnits(units, places));

/** A rate with ten decimals: 1.0000000000. */
export const rate = (value: number) => rawJson(value.toFixed(10));

/** "\/Date(1789378199100+0000)\/". */
export const instant = (ms: number) => rawJson(`"\\/Date(${ms}+0000)\\/"`);

/** The envelope's and the organisation's own form has no offset. */
export const bareInstant = (ms: number) => rawJson(`"\\/Date(${ms})\\/"`);

/** A day and its twin, e.g. { DateString: "2026-09-14T00:00:00", Date: "\/Date(1789344000000+0000)\/" }. */
export function dayPair(name: string, day: string | null | undefined): Wire {
  if (!day) return {};
  return { [`${name}String`]: `${day}T00:00:00`, [name]: instant(dayToMs(day)) };
}

export const day = (value: string) => instant(dayToMs(value));

/** UpdatedDateUTC and, since 16 July 2026, its twin. */
export function updated(ms: number): Wire {
  return { UpdatedDateUTC: instant(ms), UpdatedDateUTCString: updatedText(ms) };
}

/** "2026-09-14T09:29:59Z". */
export const updatedText = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
