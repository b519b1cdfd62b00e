import { type Listed, type PageSince, ProcessorFault } from "../types.ts";

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
  return { ...readEach(data, read), after: has_more ? (data.at(-1)?.id ?? null) : null };
}

/** One that this desk can't read keeps nobody from the others. */
export function readEach<R extends { id: string }, T>(
  data: R[],
  read: (row: R) => T,
): Pick<Listed<T>, "rows" | "unread"> {
  const rows: T[] = [];
  const unread: Listed<T>["unread"] = [];
  for (const row of data) {
    try {
      rows.push(read(row));
    } catch (error) {
      if (!(error instanceof ProcessorFault)) throw error;
      unread.push({ ref: row.id, error });
    }
  }
  return { rows, unread };
}
