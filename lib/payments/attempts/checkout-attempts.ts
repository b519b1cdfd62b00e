import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { allocations, attempts, captures } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { type Attempt, type Capture, getAttempt, listHolds } from "../store.ts";
import { LEFT } from "./close-attempt.ts";

/** The attempt by which a checkout can still be paid, or is being paid by a bank debit; at most one. */
export async function liveAttemptOf(db: Db, checkoutId: string): Promise<Attempt | undefined> {
  const [row] = await db
    .select()
    .from(attempts)
    .where(
      and(eq(attempts.checkoutId, checkoutId), inArray(attempts.state, ["creating", "open", "submitted"])),
    );
  return row;
}

/**
 * The payer of a checkout was done at the processor, and its last attempt ended without their money all the same: what was
 * reserved was let go, or their bank said no in the end.
 */
export async function wasLetGo(db: Db, checkoutId: string): Promise<boolean> {
  const [last] = await db
    .select({ state: attempts.state, sessionUrl: attempts.sessionUrl, reason: attempts.closedReason })
    .from(attempts)
    .where(eq(attempts.checkoutId, checkoutId))
    .orderBy(desc(attempts.createdAt))
    .limit(1);
  const left: string[] = Object.values(LEFT);
  return last?.state === "closed" && last.sessionUrl !== null && !left.includes(last.reason ?? "");
}

/** The checkout that an attempt was made for. */
export async function checkoutOf(db: Db, attemptId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ checkoutId: attempts.checkoutId })
    .from(attempts)
    .where(eq(attempts.id, attemptId));
  return row?.checkoutId;
}

/** An attempt with what it was to pay. */
export async function readAttempt(
  db: Db,
  attemptId: string,
): Promise<{ attempt: Attempt; lines: { number: string; amountMinor: bigint }[] } | undefined> {
  const attempt = await getAttempt(db, attemptId);
  if (!attempt) return undefined;
  const held = await listHolds(db, attemptId);
  return {
    attempt,
    lines: held.map((hold) => ({ number: hold.invoiceNumber, amountMinor: hold.amountMinor })),
  };
}

/** The money that arrived for a checkout, if any has. */
export async function captureOf(db: Db, checkoutId: string): Promise<Capture | undefined> {
  const [row] = await db
    .select()
    .from(captures)
    .innerJoin(attempts, eq(attempts.id, captures.attemptId))
    .where(eq(attempts.checkoutId, checkoutId))
    .limit(1);
  return row?.captures;
}

export type CapturedFor = {
  capture: Capture;
  payer: { name: string | null; email: string | null };
  /** Its share of each invoice, by number. */
  lines: { number: string; amountMinor: bigint }[];
};

/** A capture with what it paid: for the receipt of whoever made that checkout. */
export async function readCapture(db: Db, captureId: string): Promise<CapturedFor | undefined> {
  const [found] = await db
    .select({ capture: captures, payer: { name: attempts.payerName, email: attempts.payerEmail } })
    .from(captures)
    .innerJoin(attempts, eq(attempts.id, captures.attemptId))
    .where(eq(captures.id, captureId));
  if (!found) return undefined;
  const lines = await db
    .select({ number: allocations.invoiceNumber, amountMinor: allocations.amountMinor })
    .from(allocations)
    .where(eq(allocations.captureId, captureId))
    .orderBy(asc(allocations.invoiceNumber));
  return { ...found, lines };
}

export async function getCapture(db: Db, captureId: string): Promise<Capture | undefined> {
  const [row] = await db.select().from(captures).where(eq(captures.id, captureId));
  return row;
}

/** Keeps when the receipt of a capture first went out. */
export async function markReceiptSent(db: Db, captureId: string): Promise<void> {
  await db
    .update(captures)
    .set({ receiptSentAt: sql`now()` })
    .where(and(eq(captures.id, captureId), isNull(captures.receiptSentAt)));
}
