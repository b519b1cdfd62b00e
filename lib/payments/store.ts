import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { allocations, attempts, captures, holds } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { mayBeTried } from "#lib/core/failures/failures.ts";
import { isPosted } from "#lib/posting/read.ts";

/** What failures are kept under: of asking about an attempt, and of making the posting that a capture lacks. */
export const ATTEMPT = "attempt";
export const CAPTURE = "capture";
/** Of asking about any attempt of an account: the item is the account. */
export const POLL = "processor-poll";

export type Attempt = typeof attempts.$inferSelect;
export type Capture = typeof captures.$inferSelect;
export type Hold = typeof holds.$inferSelect;

export async function insertAttempt(db: Db, row: typeof attempts.$inferInsert): Promise<Attempt> {
  const [made] = await db.insert(attempts).values(row).returning();
  if (!made) throw new Error("An attempt was not written");
  return made;
}

export async function getAttempt(db: Db, id: string): Promise<Attempt | undefined> {
  const [row] = await db.select().from(attempts).where(eq(attempts.id, id));
  return row;
}

/** The same, locked until the transaction ends: one at a time decides what became of an attempt. */
export async function lockAttempt(tx: Db, id: string): Promise<Attempt | undefined> {
  const [row] = await tx.select().from(attempts).where(eq(attempts.id, id)).for("update");
  return row;
}

export async function findAttemptBySession(
  db: Db,
  accountId: string,
  sessionRef: string,
): Promise<Attempt | undefined> {
  const [row] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.processorAccountId, accountId), eq(attempts.sessionRef, sessionRef)));
  return row;
}

/**
 * Attempts to ask the processor about: not asked for a while, or past their time; bank debits at their own pace. Oldest
 * question first.
 */
export async function listToPoll(
  db: Db,
  { quietSeconds, debitSeconds }: { quietSeconds: number; debitSeconds: number },
): Promise<Attempt[]> {
  const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`;
  const quiet = ago(quietSeconds);
  return db
    .select()
    .from(attempts)
    .where(
      and(
        mayBeTried(ATTEMPT, attempts.id),
        or(
          and(
            inArray(attempts.state, ["creating", "open"]),
            or(
              and(isNull(attempts.lastPolledAt), lt(attempts.createdAt, quiet)),
              lt(attempts.lastPolledAt, quiet),
              lt(attempts.expiresAt, sql`now()`),
            ),
          ),
          and(eq(attempts.state, "submitted"), lt(attempts.lastPolledAt, ago(debitSeconds))),
        ),
      ),
    )
    .orderBy(sql`${attempts.lastPolledAt} asc nulls first`)
    .limit(100);
}

export async function changeAttempt(
  db: Db,
  id: string,
  change: Partial<Pick<Attempt, "state" | "closedReason" | "submittedAt">> & { polled?: true },
): Promise<void> {
  const { polled, ...set } = change;
  await db
    .update(attempts)
    .set({ ...set, ...(polled ? { lastPolledAt: sql`now()` } : {}) })
    .where(eq(attempts.id, id));
}

/** The session is there, the payer may go: false when the attempt was given up in the meantime. */
export async function openAttempt(
  db: Db,
  id: string,
  session: { sessionRef: string; sessionUrl: string },
): Promise<boolean> {
  const opened = await db
    .update(attempts)
    .set({ state: "open", ...session })
    .where(and(eq(attempts.id, id), inArray(attempts.state, ["creating", "open"])))
    .returning({ id: attempts.id });
  return opened.length === 1;
}

/** Throws unique_violation on holds_one_open when another attempt holds one of the invoices. Locks in a fixed order. */
export async function insertHolds(
  tx: Db,
  attempt: Attempt,
  lines: { invoiceId: string; number: string; amountMinor: bigint }[],
  state: Hold["state"] = "open",
): Promise<void> {
  const { firmId, connectionId, id: attemptId } = attempt;
  const ordered = [...lines].sort((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1));
  await tx.insert(holds).values(
    ordered.map(({ invoiceId, number: invoiceNumber, amountMinor }) => ({
      firmId,
      connectionId,
      attemptId,
      invoiceId,
      invoiceNumber,
      amountMinor,
      state,
      ...(state === "open" ? {} : { endedAt: sql`now()` }),
    })),
  );
}

export async function listHolds(db: Db, attemptId: string): Promise<Hold[]> {
  return db.select().from(holds).where(eq(holds.attemptId, attemptId)).orderBy(asc(holds.invoiceId));
}

/** Ends an attempt's open holds as captured or released. */
export async function endHolds(tx: Db, attemptId: string, state: "captured" | "released"): Promise<void> {
  await tx
    .update(holds)
    .set({ state, endedAt: sql`now()` })
    .where(and(eq(holds.attemptId, attemptId), eq(holds.state, "open")));
}

/** The new capture, or undefined when this payment object (or attempt) has one already. */
export async function insertCapture(tx: Db, row: typeof captures.$inferInsert): Promise<Capture | undefined> {
  const [made] = await tx.insert(captures).values(row).onConflictDoNothing().returning();
  return made;
}

/** The captures that these objects of a processor account became. */
export async function listCapturesAt(db: Db, accountId: string, objectRefs: string[]): Promise<Capture[]> {
  if (objectRefs.length === 0) return [];
  return db
    .select()
    .from(captures)
    .where(and(eq(captures.processorAccountId, accountId), inArray(captures.objectRef, objectRefs)));
}

/** Captures of a firm that should be in Xero and of which no posting is kept: of all that were taken since an instant. */
export async function listUnposted(db: Db, firmId: string, since: Date): Promise<{ id: string }[]> {
  return db
    .select({ id: captures.id })
    .from(captures)
    .where(
      and(
        eq(captures.firmId, firmId),
        isNull(captures.problem),
        mayBeTried(CAPTURE, captures.id),
        gt(captures.capturedAt, since),
        sql`not ${isPosted(captures.id)}`,
      ),
    )
    .limit(200);
}

export async function insertAllocations(tx: Db, rows: (typeof allocations.$inferInsert)[]): Promise<void> {
  await tx.insert(allocations).values(rows);
}
