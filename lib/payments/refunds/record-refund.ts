import { randomUUID } from "node:crypto";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { atMost, sumOf } from "#lib/core/money/money.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import type { RefundState } from "#lib/processor/types.ts";
import { refundFailed, refundSucceeded, xeroToTell } from "../jobs.ts";
import { leftOfOverpayments } from "../overpayments/surplus-store.ts";
import type { Capture } from "../store.ts";
import { isNews, REFUNDS, splitRefund } from "./refund-rules.ts";
import {
  changeRefund,
  findRefund,
  insertRefund,
  leftOfInvoices,
  listLiveRefunds,
  lockCapture,
  type Refund,
} from "./refund-store.ts";

/**
 * Keeps what the processor says of a refund, whoever made it: once it has succeeded, also the promise to tell Xero and the
 * payer; all of it or nothing. Webhook, page and poller come here in any order and as often as they like, also with what
 * they heard a while ago. True when it was news.
 */
export async function recordRefund(db: Db, processorAccountId: string, found: RefundState): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { objectRef, refundRef } = found;
    const capture = objectRef ? await lockCapture(tx, { processorAccountId, objectRef }) : undefined;
    // A payment that this desk did not take.
    if (!capture) return false;
    const known =
      (await findRefund(tx, { processorAccountId, objectRef: refundRef, id: found.refundId })) ??
      (await adopt(tx, capture, found));
    if (known.objectRef !== null && !isNews(known.state, found.state)) {
      await changeRefund(tx, known.id, {});
      return false;
    }
    const { isSettled, isInBooks, tells } = REFUNDS[found.state];
    await changeRefund(tx, known.id, {
      state: found.state,
      objectRef: refundRef,
      ...(isSettled ? { settled: true } : {}),
    });
    await record(tx, {
      firmId: capture.firmId,
      actor: "stripe",
      action: `refund.${found.state}`,
      subject: `capture:${capture.id}`,
      detail: {
        refundId: known.id,
        objectRef: refundRef,
        currency: found.currency,
        minor: String(found.amountMinor),
      },
    });
    if (isInBooks || known.toldAt) await enqueue(tx, xeroToTell, {});
    if (tells === "payer") await enqueue(tx, refundSucceeded, { refundId: known.id });
    if (tells === "staff") await enqueue(tx, refundFailed, { refundId: known.id });
    return true;
  });
}

/** One that was made at the processor itself, or that a restored database has forgotten. */
async function adopt(tx: Db, capture: Capture, found: RefundState): Promise<Refund> {
  // One that was only asked for takes nothing yet: if there is no longer enough for it, the processor refuses it.
  const live = (await listLiveRefunds(tx, capture.id)).filter((row) => row.state !== "asked");
  const left = await leftOfInvoices(tx, capture.id, live);
  // An overpayment goes back first. Of more than was given to invoices, as a dispute may leave, the rest is in no books.
  const rest = found.amountMinor - atMost(found.amountMinor, await leftOfOverpayments(tx, capture.id));
  const most = sumOf(left.map((share) => share.amountMinor));
  return insertRefund(
    tx,
    {
      id: found.refundId ?? randomUUID(),
      firmId: capture.firmId,
      captureId: capture.id,
      processorAccountId: capture.processorAccountId,
      currency: found.currency,
      amountMinor: found.amountMinor,
      createdAt: found.createdAt,
    },
    found.state === "failed" ? [] : splitRefund(atMost(rest, most), left, found.currency),
  );
}
