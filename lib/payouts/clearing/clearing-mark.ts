import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { clearingMarks } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { reopenPayouts, settlePayouts } from "../store.ts";
import type { Entry } from "./clearing-facts.ts";
import { type Carried, NEVER } from "./clearing-mark-rules.ts";
import type { SetUp } from "./clearing-sides.ts";

/** A row may be kept some time after the instant that stands on it. */
const OVERLAP_MS = 60 * 60_000;

const carriedEntries = z.array(
  z.object({
    entryId: z.string(),
    isPayment: z.boolean(),
    transferId: z.string().nullable(),
    minor: z
      .string()
      .regex(/^-?\d+$/)
      .transform(BigInt),
    date: z.string(),
    reference: z.string().nullable(),
  }),
);

/** What the last check left for the next one. */
export type Mark = {
  since: string;
  /** What became of a payment since then may not have been seen. */
  newsFrom: Date;
  readAt: Date;
  /** What it carries of before a day, which is no later than `since`. */
  entriesBefore(day: string): Entry[];
};

type Account = Pick<SetUp, "settings" | "accountId">;

/** The organisation's mark, if it is of this account and this first day, and all was read in the last week. */
export async function markToReadOn(db: Db, { settings, accountId }: Account): Promise<Mark | null> {
  const [row] = await db
    .select()
    .from(clearingMarks)
    .where(
      sql`${clearingMarks.connectionId} = ${settings.connectionId} and ${clearingMarks.accountId} = ${accountId}
        and ${clearingMarks.startsOn} = ${settings.startsOn} and ${clearingMarks.wholeAt} > now() - interval '7 days'`,
    );
  if (!row) return null;
  const { since, readAt, beforeMinor } = row;
  const entries = carriedEntries.parse(row.carried);
  return {
    ...{ since, readAt },
    newsFrom: new Date(readAt.getTime() - OVERLAP_MS),
    entriesBefore: (day) => [...inOneSum(beforeMinor), ...entries.filter(({ date }) => date < day)],
  };
}

/** What stood on the account before the first day, as one entry of long ago; none of nothing. */
export const inOneSum = (minor: bigint): Entry[] =>
  minor === 0n
    ? []
    : [
        {
          ...{ entryId: "before", isPayment: true, transferId: null },
          ...{ minor, date: NEVER, reference: null },
        },
      ];

/**
 * Keeps what a check left. `last` is the mark that it read on from: one that was kept meanwhile is newer, and stays. What
 * was made of all of the account counts in any case.
 */
export async function keepMark(
  tx: Db,
  { settings, accountId }: Account,
  { last, next }: { last: Mark | null; next: Carried & { since: string; readAt: Date; settled: string[] } },
): Promise<void> {
  const { connectionId, firmId, startsOn } = settings;
  const { settled, entries, ...mark } = next;
  const [before] = await tx
    .select()
    .from(clearingMarks)
    .where(eq(clearingMarks.connectionId, connectionId))
    .for("update");
  if (last && before?.readAt.getTime() !== last.readAt.getTime()) return;
  if (!last) await reopenPayouts(tx, connectionId, "all");
  await settlePayouts(tx, settled);
  const row = {
    ...{ connectionId, firmId, accountId, startsOn },
    ...mark,
    carried: entries.map(({ minor, ...entry }) => ({ ...entry, minor: String(minor) })),
    wholeAt: last && before ? before.wholeAt : mark.readAt,
  };
  await tx
    .insert(clearingMarks)
    .values(row)
    .onConflictDoUpdate({ target: clearingMarks.connectionId, set: row });
}
