import type { Db } from "#lib/core/db.ts";
import { formatDate } from "#lib/core/text/date-words.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { receiptLetter } from "#lib/mail/letters/receipt.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { markReceiptSent } from "#lib/payments/attempts/checkout-attempts.ts";
import { readReceipt } from "./receipt.ts";

/** Writes to the payer what was paid. Throws when the mail server does not take it: the job tries again. */
export async function sendReceipt(db: Db, captureId: string): Promise<void> {
  const receipt = await readReceipt(db, captureId);
  if (!receipt?.payerEmail) return;
  const firm = await letterheadOf(db, receipt.firmId);
  const money = (minor: bigint) => ({ minor, currency: receipt.currency });
  const letter = receiptLetter({
    isTest: receipt.isTest,
    firmName: firm.firmName,
    supportEmail: firm.supportEmail,
    supportPhone: firm.supportPhone,
    registeredName: receipt.registeredName,
    registrationNumber: receipt.registrationNumber,
    payerName: receipt.payerName,
    lines: receipt.lines.map((line) => ({ number: line.number, amount: money(line.amountMinor) })),
    total: money(receipt.totalMinor),
    paidOn: formatDate(receipt.paidOn, receipt.countryCode),
    method: receipt.method,
    reference: receipt.reference,
  });
  await sendLetter(
    db,
    {
      firmId: receipt.firmId,
      kind: "receipt",
      subjectKey: captureId,
      to: receipt.payerEmail,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    letter,
  );
  await markReceiptSent(db, captureId);
}
