import "server-only";
import { z } from "zod";
import { ORDER_STATES } from "#lib/orders/order-state.ts";
import type { OrderFilter, Position } from "#lib/orders/read.ts";

/** What the address of the list says. What is no answer to its field counts as left empty. */
const text = (most: number) =>
  z
    .string()
    .transform((typed) => typed.replace(/\p{Cc}/gu, "").trim())
    .pipe(z.string().max(most))
    .catch("");

const shape = z.object({
  find: text(100),
  state: z.enum(ORDER_STATES).or(z.literal("")).catch(""),
  source: text(40),
  organisation: z.uuid().or(z.literal("")).catch(""),
  /** What holds them up: a fault's code, and what must be mended where that is one thing. */
  cause: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .catch(""),
  about: text(300),
  after: z.string().catch(""),
});

export type Filter = Omit<z.infer<typeof shape>, "after">;
export type ListQuery = Record<string, string | string[] | undefined>;

export function readFilter(query: ListQuery): { filter: Filter; after: Position | undefined } {
  const { after, ...filter } = shape.parse(query);
  return { filter, after: placeOf(after) };
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some((value) => value !== "");
}

/** The same as a search. */
export function searchFor(filter: Filter): Omit<OrderFilter, "after" | "limit"> {
  const { find, state, source, organisation, cause, about } = filter;
  return {
    search: find || undefined,
    state: state || undefined,
    source: source || undefined,
    connectionId: organisation || undefined,
    heldFor: cause ? { code: cause, subject: about || null } : undefined,
  };
}

/** The query of an address that shows the same, on the page behind `last` if given. */
export function queryOf(filter: Partial<Filter>, last?: Position): string {
  const set = Object.entries(filter).filter(([, value]) => value !== "");
  const place: string[][] = last ? [["after", `${last.receivedAt.toISOString()} ${last.id}`]] : [];
  return new URLSearchParams([...set, ...place]).toString();
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function placeOf(written: string): Position | undefined {
  const [, at = "", id = ""] = PLACE.exec(written) ?? [];
  return Number.isNaN(Date.parse(at)) ? undefined : { receivedAt: new Date(at), id };
}
