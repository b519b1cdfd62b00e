import type { Db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money.ts";
import { type DisputeRow, readDisputeToTell } from "#lib/payments/read-disputes.ts";
import { alertFirm } from "./alert-firm.ts";

/** One letter to each caretaker when a dispute comes, and one when it is decided. */
export async function alertDispute(
  db: Db,
  { disputeId, state }: { disputeId: string; state: DisputeRow["state"] },
): Promise<void> {
  const dispute = await readDisputeToTell(db, disputeId);
  if (!dispute) return;
  await alertFirm(db, dispute.firmId, (when) => ({
    key: `dispute ${disputeId} ${state}`,
    ...told({ ...dispute, state }, when),
    since: dispute.openedAt,
    more: [],
    action: { label: "Open the payment", path: `/payments/${dispute.captureId}` },
  }));
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
