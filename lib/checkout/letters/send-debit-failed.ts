import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { debitFailedLetter } from "#lib/mail/letters/debit-failed.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { readAttempt } from "#lib/payments/attempts/checkout-attempts.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { getCheckout } from "../store.ts";

/** Writes to the payer that their bank debit failed. Throws when the mail server does not take it: the job tries again. */
export async function sendDebitFailed(db: Db, attemptId: string): Promise<void> {
  const found = await readAttempt(db, attemptId);
  const checkout = found && (await getCheckout(db, found.attempt.checkoutId));
  if (!checkout || !found.attempt.payerEmail) return;
  const { attempt, lines } = found;
  const firm = await letterheadOf(db, checkout.firmId);
  const money = (minor: bigint) => ({ minor, currency: attempt.currency });
  await sendLetter(
    db,
    {
      firmId: firm.firmId,
      kind: "debit-failed",
      subjectKey: attemptId,
      to: found.attempt.payerEmail,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    debitFailedLetter({
      isTest: await isTestMoney(db, attempt),
      firmName: firm.firmName,
      supportEmail: firm.supportEmail,
      payerName: attempt.payerName ?? "",
      lines: lines.map(({ number, amountMinor }) => ({ number, amount: money(amountMinor) })),
      total: money(attempt.amountMinor),
      href: new URL(checkout.backPath, env().PUBLIC_ORIGIN).href,
    }),
  );
}
