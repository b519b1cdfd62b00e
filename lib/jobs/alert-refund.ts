import type { Db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { readRefunded } from "#lib/payments/refunds/read-refund.ts";
import { alertFirm } from "./alert-firm.ts";

/** One letter to each caretaker when a refund did not reach the client, or came back from their bank. */
export async function alertRefundFailed(db: Db, refundId: string): Promise<void> {
  const refund = await readRefunded(db, refundId);
  if (!refund) return;
  const { firmId, captureId, numbers, settledAt, currency, amountMinor } = refund;
  if (!settledAt) return;
  await alertFirm(db, firmId, () => ({
    key: `refund ${refundId} failed`,
    happened: `A refund of ${formatMoney({ minor: amountMinor, currency })} did not reach the client.`,
    since: settledAt,
    money:
      "The money is with Stripe. Give it back another way, or agree with the client to keep it. Nobody has told the client.",
    more: numbers,
    action: { label: "Open the payment", path: `/payments/${captureId}` },
  }));
}
