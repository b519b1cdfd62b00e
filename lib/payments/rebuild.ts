import { and, eq, gt, lt } from "drizzle-orm";
import { captures } from "#db/schema/payments.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { violates } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { openProcessor } from "#lib/processor/open.ts";
import type { FoundSession } from "#lib/processor/types.ts";
import { settleAttempt } from "./attempts/settle-attempt.ts";
import { recordCapture } from "./record-capture.ts";
import {
  type Capture,
  getAttempt,
  insertAttempt,
  insertHolds,
  listCapturesAt,
  openAttempt,
} from "./store.ts";

/** An attempt that this database has forgotten, as the processor tells of it. */
export type LostAttempt = {
  attemptId: string;
  firmId: string;
  connectionId: string;
  checkoutId: string;
  processorAccountId: string;
  currency: string;
  lines: { invoiceId: string; number: string; amountMinor: bigint }[];
  found: FoundSession;
};

/** The captures that payments at the processor became here, by the processor's payment. */
export async function capturesAt(
  db: Db,
  processorAccountId: string,
  objectRefs: string[],
): Promise<Map<string, Capture>> {
  const rows = await listCapturesAt(db, processorAccountId, objectRefs);
  return new Map(rows.map((row) => [row.objectRef, row]));
}

/** Those of an account that were taken in a span of time. */
export async function capturesBetween(
  db: Db,
  processorAccountId: string,
  { from, to }: { from: Date; to: Date },
): Promise<Capture[]> {
  return db
    .select()
    .from(captures)
    .where(
      and(
        eq(captures.processorAccountId, processorAccountId),
        gt(captures.capturedAt, from),
        lt(captures.capturedAt, to),
      ),
    );
}

/** The processor account by which an attempt is made; undefined for an attempt that nobody here knows. */
export async function accountOfAttempt(db: Db, attemptId: string): Promise<string | undefined> {
  return (await getAttempt(db, attemptId))?.processorAccountId;
}

/**
 * Writes an attempt again under its own id: paid, its holds are over; else they are taken anew. Call it with what else was
 * lost in one transaction. False when that can't be: the checkout or an invoice is under way by another attempt.
 */
export async function rebuildAttempt(tx: Db, lost: LostAttempt): Promise<boolean> {
  const { attemptId, firmId, found, lines, ...order } = lost;
  const isPaid = found.session.state === "paid";
  try {
    await tx.transaction(async (inner) => {
      const attempt = await insertAttempt(inner, {
        ...{ id: attemptId, firmId, connectionId: order.connectionId, checkoutId: order.checkoutId },
        ...{ processorAccountId: order.processorAccountId, currency: order.currency },
        amountMinor: sumOf(lines.map((line) => line.amountMinor)),
        sessionRef: found.session.sessionRef,
        ...{ createdAt: found.createdAt, expiresAt: found.expiresAt },
        ...{ payerName: found.payer.name, payerEmail: found.payer.email },
        // Its capture follows; until then it must not stand in the way of a live one.
        ...(isPaid ? { state: "closed", closedReason: "rebuilt" } : { state: "open" }),
      });
      await insertHolds(inner, attempt, lines, isPaid ? "captured" : "open");
      await record(inner, {
        firmId,
        actor: "worker",
        action: "payment.rebuilt",
        subject: `attempt:${attemptId}`,
        detail: { session: found.session.sessionRef },
      });
    });
    return true;
  } catch (error) {
    if (violates(error, "holds_one_open") || violates(error, "attempts_live")) return false;
    throw error;
  }
}

/**
 * Sees to a payment that the processor holds and that is no capture here: what is paid is kept, also of an attempt that was
 * given up; what is reserved for one that was given up is let go. True when it is a capture now.
 */
export async function settleFound(
  db: Db,
  attemptId: string,
  { objectRef, found: { session } }: { objectRef: string; found: FoundSession },
): Promise<boolean> {
  const before = await getAttempt(db, attemptId);
  if (!before) return false;
  if (session.state === "paid") {
    await recordCapture(db, attemptId, session);
  } else if (before.state === "closed") {
    if (session.state === "authorised") await letGo(db, before.processorAccountId, objectRef);
  } else {
    if (!before.sessionRef)
      await openAttempt(db, attemptId, { sessionRef: session.sessionRef, sessionUrl: "" });
    await settleAttempt(db, attemptId);
  }
  return before.state !== "captured" && (await getAttempt(db, attemptId))?.state === "captured";
}

/** Lets money go that is reserved, and that no attempt here can take. */
export async function letGo(db: Db, processorAccountId: string, objectRef: string): Promise<void> {
  await (await openProcessor(db, processorAccountId)).release(objectRef);
}
