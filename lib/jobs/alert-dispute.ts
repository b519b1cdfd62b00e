import { formatInstant } from "#lib/core/date-words.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { formatMoney } from "#lib/core/money.ts";
import { caretakersOf, letterheadOf } from "#lib/firms/letterhead.ts";
import { alertLetter } from "#lib/mail/letters/alert.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { type DisputeRow, readDisputeToTell } from "#lib/payments/read-disputes.ts";
import { payConnections } from "#lib/xero/pay-connections.ts";

/** One letter to each caretaker when a dispute comes, and one when it is decided. */
export async function alertDispute(
  db: Db,
  { disputeId, state }: { disputeId: string; state: DisputeRow["state"] },
): Promise<void> {
  const dispute = await readDisputeToTell(db, disputeId);
  if (!dispute) return;
  const { firmId } = dispute;
  const [firm, caretakers, [books]] = await Promise.all([
    letterheadOf(db, firmId),
    caretakersOf(db, firmId),
    payConnections(db, firmId),
  ]);
  const where = { country: books?.countryCode ?? "GB", timeZone: books?.timeZone ?? "UTC" };
  const letter = alertLetter({
    firmName: firm.firmName,
    ...told({ ...dispute, state }, (at) => formatInstant(at, where)),
    since: formatInstant(dispute.openedAt, where),
    more: [],
    action: {
      label: "Open the payment",
      href: `${env().PUBLIC_ORIGIN}/firms/${firm.companySlug}/${firm.firmSlug}/payments/${dispute.captureId}`,
    },
  });
  const subjectKey = `dispute ${disputeId} ${state}`;
  for (const to of caretakers) await sendLetter(db, { firmId, kind: "alert", subjectKey, to }, letter);
}

function told(
  { state, amountMinor, currency, dueBy, isWhole }: DisputeRow,
  when: (at: Date) => string,
): { happened: string; money: string } {
  const money = formatMoney({ minor: amountMinor, currency });
  switch (state) {
    case "open":
      return {
        happened: `A client's bank disputes a payment of ${money}.`,
        money: `Stripe has taken the money back until the bank decides.${
          dueBy ? ` Answer in Stripe by ${when(dueBy)}.` : ""
        } The payment's page has its evidence as a file.`,
      };
    case "won":
      return { happened: `The dispute over ${money} is won.`, money: "The money stays with you." };
    case "lost":
      return {
        happened: `The dispute over ${money} is lost.`,
        money: isWhole
          ? "The money is gone. What Xero has of the payment is taken off there, and its invoices are owed again."
          : "The money is gone. It is a part of the payment, so enter it in Xero by hand.",
      };
  }
}
