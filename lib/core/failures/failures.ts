import "server-only";
import { and, eq, inArray, lte, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { failures } from "#db/schema/failures.ts";
import type { Db } from "../db.ts";
import { reasonOf } from "./reason.ts";

export type Failed = { tries: number; reason: string; inSeconds: number };

/** Seconds before the second try; each pause is twice the one before, `most` in the end. */
const PACE = { first: 30, most: 3_600 };

/** Keeps that work on one thing failed, and why: how often in a row by now, and when it may be tried again. */
export async function noteFailure(
  db: Db,
  { kind, item }: { kind: string; item: string },
  error: unknown,
  pace: Partial<typeof PACE> = {},
): Promise<Failed> {
  const reason = reasonOf(error);
  const { first, most } = { ...PACE, ...pace };
  const pause = (tries: SQL) => sql`least(${first} * power(2, least(${tries}, 30)), ${most})`;
  const due = (tries: SQL) => sql`now() + make_interval(secs => ${pause(tries)}::float8)`;
  const [row] = await db
    .insert(failures)
    .values({ kind, item, reason, nextAt: due(sql`0`) })
    .onConflictDoUpdate({
      target: [failures.kind, failures.item],
      set: {
        reason,
        tries: sql`${failures.tries} + 1`,
        lastAt: sql`now()`,
        nextAt: due(sql`${failures.tries}`),
      },
    })
    .returning({
      tries: failures.tries,
      inSeconds: sql<number>`${pause(sql`${failures.tries} - 1`)}::float8`,
    });
  return { reason, tries: row?.tries ?? 1, inSeconds: row?.inSeconds ?? first };
}

/** It succeeded, or a person has asked for it again: its failures count no more. */
export async function forgetFailures(db: Db, kind: string, items: string[]): Promise<void> {
  if (items.length > 0) await db.delete(failures).where(isOf(kind, items));
}

/** Of these, the ones that failed the last time. */
export async function failedAmong(db: Db, kind: string, items: string[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const rows = await db.select({ item: failures.item }).from(failures).where(isOf(kind, items));
  return new Set(rows.map(({ item }) => item));
}

/** For a room's query: this thing has not failed, or its pause is over. */
export function mayBeTried(kind: string, item: SQLWrapper): SQL {
  return sql`not exists (select 1 from ${failures} where ${failures.kind} = ${kind} and ${failures.item} = ${item}::text and ${failures.nextAt} > now())`;
}

/** For a room's query: why it failed the last time, or null. */
export function lastReason(kind: string, item: SQLWrapper): SQL<string | null> {
  return sql<
    string | null
  >`(select ${failures.reason} from ${failures} where ${failures.kind} = ${kind} and ${failures.item} = ${item}::text)`;
}

/** What of a kind has failed for so long, and why. */
export async function failedFor(
  db: Db,
  kind: string,
  minutes: number,
): Promise<{ item: string; reason: string; since: Date }[]> {
  return db
    .select({ item: failures.item, reason: failures.reason, since: failures.firstAt })
    .from(failures)
    .where(
      and(eq(failures.kind, kind), lte(failures.firstAt, sql`now() - make_interval(mins => ${minutes})`)),
    )
    .orderBy(failures.firstAt);
}

function isOf(kind: string, items: string[]): SQL | undefined {
  return and(eq(failures.kind, kind), inArray(failures.item, items));
}
