import "server-only";
import { z } from "zod";
import { formatDate, type IsoDate } from "#lib/core/text/date-words.ts";
import type { PaymentQuery } from "#lib/payments/read.ts";
import { type PlaceInList, STANDINGS } from "#lib/payments/read.ts";

const day = z.string().refine(isDay);

/** What the address of the list says. What is no answer to its field counts as left empty. */
const shape = z.object({
  find: z
    .string()
    .transform((text) => text.replace(/\p{Cc}/gu, "").trim())
    .pipe(z.string().max(100))
    .catch(""),
  state: z.enum(STANDINGS).or(z.literal("")).catch(""),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .catch(""),
  from: day.catch(""),
  to: day.catch(""),
  after: z.string().catch(""),
});

export type Filter = Omit<z.infer<typeof shape>, "after">;
export type ListQuery = Record<string, string | string[] | undefined>;

export function readFilter(query: ListQuery): { filter: Filter; after: PlaceInList | undefined } {
  const { after, ...filter } = shape.parse(query);
  return { filter, after: placeOf(after) };
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some((value) => value !== "");
}

/** The same as a search; days are those of `timeZone`. */
export function searchFor(filter: Filter, timeZone: string): PaymentQuery {
  const { find, state, currency, from, to } = filter;
  return {
    find: find || undefined,
    standing: state || undefined,
    currency: currency || undefined,
    days: { from: from || undefined, to: to || undefined, timeZone },
  };
}

/** The query of an address that shows the same, on the page behind `last` if given. */
export function queryOf(filter: Filter, last?: PlaceInList): string {
  const set = Object.entries(filter).filter(([, value]) => value !== "");
  const place: string[][] = last ? [["after", `${last.capturedAt.toISOString()} ${last.captureId}`]] : [];
  return new URLSearchParams([...set, ...place]).toString();
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function placeOf(written: string): PlaceInList | undefined {
  const [, at = "", captureId = ""] = PLACE.exec(written) ?? [];
  return Number.isNaN(Date.parse(at)) ? undefined : { capturedAt: new Date(at), captureId };
}

function isDay(text: string): text is IsoDate {
  try {
    return formatDate(text, "GB") !== "" && text > "1900";
  } catch {
    return false;
  }
}
