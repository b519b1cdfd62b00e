import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { sumOf } from "#lib/core/money.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { debitFailedLetter } from "#lib/mail/letters/debit-failed.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { checkoutOf } from "#lib/payments/of-checkout.ts";
import { getCheckout, listLines } from "./store.ts";

/** Writes to the payer that their bank debit failed. Throws when the mail server does not take it: the job tries again. */
export async function sendDebitFailed(db: Db, attemptId: string): Promise<void> {
  const checkoutId = await checkoutOf(db, attemptId);
  const checkout = checkoutId ? await getCheckout(db, checkoutId) : undefined;
  if (!checkout?.payerEmail) return;
  const [firm, lines] = await Promise.all([letterheadOf(db, checkout.firmId), listLines(db, checkout.id)]);
  const money = (minor: bigint) => ({ minor, currency: checkout.currency });
  await sendLetter(
    db,
    {
      firmId: firm.firmId,
      kind: "debit-failed",
      subjectKey: attemptId,
      to: checkout.payerEmail,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    debitFailedLetter({
      firmName: firm.firmName,
      supportEmail: firm.supportEmail,
      payerName: checkout.payerName ?? "",
      lines: lines.map(({ number, amountMinor }) => ({ number, amount: money(amountMinor) })),
      total: money(sumOf(lines.map((line) => line.amountMinor))),
      href: new URL(checkout.backPath, env().PUBLIC_ORIGIN).href,
    }),
  );
}
