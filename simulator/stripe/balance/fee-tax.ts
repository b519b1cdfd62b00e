import type Stripe from "stripe";
import { getSetting, setSetting } from "../../core/settings.ts";
import type { World } from "../../core/types.ts";

type Tax = { percent: number; name: string };
type Detail = Stripe.BalanceTransaction.FeeDetail;

const setting = (account: string) => `stripe.feeTax.${account}`;

/** From now on Stripe's fees carry this tax on top, as its invoices do in some countries; 0 percent ends it. */
export const setFeeTax = (world: World, account: string, tax: Tax): void =>
  setSetting(world, setting(account), tax);

/** A fee with the tax on it, one detail each: TYPES, FeeDetail.type. Minor units of the account's currency. */
export function taxedFee(
  world: World,
  account: string,
  fee: { amount: number; description: string; currency: string },
): Detail[] {
  const { percent, name } = getSetting<Tax>(world, setting(account), { percent: 0, name: "" });
  const tax = Math.round((fee.amount * percent) / 100);
  const details: Detail[] = [{ ...fee, application: null, type: "stripe_fee" }];
  if (tax !== 0) details.push({ ...fee, amount: tax, application: null, description: name, type: "tax" });
  return details;
}
