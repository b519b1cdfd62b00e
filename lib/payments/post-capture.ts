import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { findPostings } from "#lib/posting/read.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { postingTarget } from "#lib/xero/organisations/pay-connections.ts";
import type { Share } from "./refunds/refund-rules.ts";
import { listAllocated, lockCapture } from "./refunds/refund-store.ts";
import { type Attempt, CAPTURE, type Capture, getAttempt, listUnposted } from "./store.ts";

type Promised = {
  capture: Capture;
  attempt: Attempt;
  lines: Share[];
  /** A posting that is gone may have written it: then it is looked up first. */
  mayBeThere?: boolean;
};

/** Promises that Xero is told of this money, in the transaction that keeps it. */
export async function postCapture(
  tx: Db,
  { capture, attempt, lines, mayBeThere = false }: Promised,
): Promise<void> {
  const { firmId, connectionId, currency } = capture;
  const { accountId, date } = await dateOf(tx, connectionId, { at: capture.capturedAt, lines });
  await createPaymentPosting(tx, {
    ...{ firmId, connectionId, sourceId: capture.id, accountId, currency, date, mayBeThere },
    origin: { id: attempt.id, at: attempt.createdAt },
    isTest: await isTestMoney(tx, capture),
    lines: lines.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor })),
  });
}

/** Where a payment of this instant is written, and its day: never before one of its invoices. */
export async function dateOf(
  tx: Db,
  connectionId: string,
  { at, lines }: { at: Date; lines: Share[] },
): Promise<{ accountId: string; date: string }> {
  const invoices = await findByIds(
    tx,
    connectionId,
    lines.map((row) => row.invoiceId),
  );
  const { accountId, date: paidOn } = await postingTarget(tx, connectionId, at);
  // Xero takes no payment dated before its invoice (xero-platform 3.7), and an invoice may be dated ahead.
  const date = [paidOn, ...invoices.map((row) => row.date ?? paidOn)].sort().at(-1) ?? paidOn;
  return { accountId, date };
}

/**
 * Makes the postings that captures of the firm lack, of all that were taken since an instant, each looked up in Xero before
 * it is sent; how many.
 */
export async function postWhatIsNot(db: Db, firmId: string, since: Date): Promise<number> {
  let made = 0;
  await eachAlone(db, await listUnposted(db, firmId, since), {
    kind: CAPTURE,
    idOf: ({ id }) => id,
    async work({ id }) {
      if (await postAgain(db, id)) made += 1;
    },
  });
  return made;
}

async function postAgain(db: Db, captureId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const capture = await lockCapture(tx, { id: captureId });
    const attempt = capture && (await getAttempt(tx, capture.attemptId));
    const lines = await listAllocated(tx, captureId);
    if (!capture || !attempt || (await findPostings(tx, captureId)).length > 0) return false;
    if (lines.length === 0)
      throw new AppError("conflict", "It is on record without the invoices that it paid.");
    await postCapture(tx, { capture, attempt, lines, mayBeThere: true });
    await record(tx, {
      firmId: capture.firmId,
      actor: "worker",
      action: "payment.posting-remade",
      subject: `capture:${captureId}`,
    });
    return true;
  });
}
