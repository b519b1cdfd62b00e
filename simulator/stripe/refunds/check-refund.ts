import type Stripe from "stripe";
import { formatMinor } from "../currencies.ts";
import { invalid } from "../wire/errors.ts";

/** What a charge has left to give back; what was authorised and not captured is gone already. */
export const refundable = ({ amount, amount_refunded }: Stripe.Charge): number => amount - amount_refunded;

/** Throws what Stripe says to a refund that it cannot make. */
export function checkRefund(charge: Stripe.Charge, disputes: Stripe.Dispute[], amount: number | null): void {
  if (disputes.some(({ is_charge_refundable }) => !is_charge_refundable)) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge_disputed");
  }
  const left = refundable(charge);
  if (left === 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  }
  if (amount === null) return;
  if (amount < 1) throw invalid("Invalid positive integer", "parameter_invalid_integer", "amount");
  if (amount <= left) return;
  const asked = formatMinor(amount, charge.currency);
  const most = formatMinor(left, charge.currency);
  throw invalid(
    charge.amount_refunded === 0
      ? `Refund amount (${asked}) is greater than charge amount (${most})`
      : `Refund amount (${asked}) is greater than unrefunded amount on charge (${most})`,
    undefined,
    "amount",
  );
}
