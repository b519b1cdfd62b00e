import "server-only";
import { env } from "#lib/core/env.ts";

/** Opens a payment in Stripe's dashboard, in the account that took it. Null for the simulator, which has no dashboard. */
export function paymentAtStripe(
  account: { accountRef: string; livemode: boolean },
  paymentRef: string,
): string | null {
  if (env().SIMULATOR_URL) return null;
  const mode = account.livemode ? "" : "/test";
  return `https://dashboard.stripe.com/${encodeURIComponent(account.accountRef)}${mode}/payments/${encodeURIComponent(paymentRef)}`;
}
