import type { Db } from "#lib/core/db.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { surplusLetter } from "#lib/mail/letters/surplus.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { findSurpluses } from "#lib/payments/overpayments/read-surplus.ts";
import { readReceipt } from "./receipt.ts";

/** Writes to the payer where a surplus went. Throws when the mail server does not take it: the job tries again. */
export async function sendSurplusLetter(db: Db, surplusIds: string[]): Promise<void> {
  const parts = await findSurpluses(db, surplusIds);
  const [first] = parts;
  const receipt = first && (await readReceipt(db, first.captureId));
  if (!receipt?.payerEmail) return;
  const firm = await letterheadOf(db, receipt.firmId);
  await sendLetter(
    db,
    {
      firmId: receipt.firmId,
      kind: "surplus",
      subjectKey: first?.surplusId ?? "",
      to: receipt.payerEmail,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    surplusLetter({
      isTest: receipt.isTest,
      firmName: firm.firmName,
      supportEmail: firm.supportEmail,
      payerName: receipt.payerName,
      reference: receipt.reference,
      parts: parts.map(({ amountMinor, from, to }) => ({
        amount: { minor: amountMinor, currency: receipt.currency },
        from,
        to,
      })),
    }),
  );
}
