import type { Listed, PageSince } from "../types.ts";

const PAGE_SIZE = 100;

/** What Stripe's lists take: newest first, by when a thing was made. */
export function pageOf({ since, after }: PageSince) {
  return {
    limit: PAGE_SIZE,
    created: { gte: Math.floor(since.getTime() / 1_000) },
    ...(after === null ? {} : { starting_after: after }),
  };
}

/** One page of ours, and where the next one begins. */
export function listed<R extends { id: string }, T>(
  { data, has_more }: { data: R[]; has_more: boolean },
  read: (row: R) => T,
): Listed<T> {
  return { rows: data.map(read), after: has_more ? (data.at(-1)?.id ?? null) : null };
}
