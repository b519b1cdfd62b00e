import type { Db } from "#lib/core/db.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { refundLetter } from "#lib/mail/letters/refund.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { readRefunded } from "#lib/payments/refunds/read-refund.ts";
import { readReceipt } from "./receipt.ts";

/** Writes to the payer what goes back. Throws when the mail server does not take it: the job tries again. */
export async function sendRefundLetter(db: Db, refundId: string): Promise<void> {
  const refunded = await readRefunded(db, refundId);
  const receipt = refunded && (await readReceipt(db, refunded.captureId));
  if (!refunded || !receipt?.payerEmail) return;
  const firm = await letterheadOf(db, receipt.firmId);
  await sendLetter(
    db,
    {
      firmId: receipt.firmId,
      kind: "refund",
      subjectKey: refundId,
      to: receipt.payerEmail,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    refundLetter({
      isTest: receipt.isTest,
      firmName: firm.firmName,
      supportEmail: firm.supportEmail,
      payerName: receipt.payerName,
      amount: { minor: refunded.amountMinor, currency: refunded.currency },
      reference: receipt.reference,
      method: receipt.method,
      numbers: refunded.numbers,
      ofSurplus: refunded.ofSurplus,
    }),
  );
}
