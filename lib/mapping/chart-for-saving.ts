import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type BooksChart, readBooksChart } from "#lib/mirror/chart.ts";

/** The chart that what is saved is held against. Throws AppError `conflict` while it has not been read from Xero to its end. */
export async function chartForSaving(db: Db, connectionId: string): Promise<BooksChart> {
  const chart = await readBooksChart(db, connectionId);
  if (chart.asOf) return chart;
  throw new AppError(
    "conflict",
    "The chart of accounts is still being read from Xero. Nothing was saved; try again in a minute.",
  );
}
