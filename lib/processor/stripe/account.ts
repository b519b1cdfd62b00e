import { ProcessorFault } from "../types.ts";
import { ask, stripeClient } from "./client.ts";

export type AccountFacts = {
  accountRef: string;
  displayName: string;
  livemode: boolean;
  /** Whether it may take payments. In test mode Stripe lets every account do so, whatever `charges_enabled` says of it. */
  chargesEnabled: boolean;
};

/** The test call on save: whose account a key opens. Throws ProcessorFault `bad_key` for a key that Stripe doesn't take. */
export async function describeAccount(secretKey: string): Promise<AccountFacts> {
  const account = await ask(() => stripeClient(secretKey).accounts.retrieveCurrent());
  const livemode = /^[a-z]+_live_/.test(secretKey);
  return {
    accountRef: account.id,
    displayName: account.settings?.dashboard.display_name || account.business_profile?.name || account.id,
    livemode,
    chargesEnabled: account.charges_enabled || !livemode,
  };
}

/** The events that can change what we know of a session, a refund, a dispute or a payout. */
const EVENTS = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
  "charge.dispute.closed",
  "payout.created",
  "payout.updated",
  "payout.reconciliation_completed",
  "payout.paid",
  "payout.failed",
  "payout.canceled",
] as const;

/**
 * Registers our address for events and returns its signing secret, which Stripe shows only once. Null when Stripe can't
 * reach the address (it takes public https ones only): then a person pastes the secret of `stripe listen`.
 */
export async function registerWebhook(
  secretKey: string,
  url: string,
): Promise<{ endpointRef: string; secret: string } | null> {
  try {
    const stripe = stripeClient(secretKey);
    const endpoint = await ask(() =>
      stripe.webhookEndpoints.create({
        url,
        enabled_events: [...EVENTS],
        description: "Counterfoil pay desk",
      }),
    );
    return endpoint.secret ? { endpointRef: endpoint.id, secret: endpoint.secret } : null;
  } catch (error) {
    if (error instanceof ProcessorFault && error.kind === "refused") return null;
    throw error;
  }
}

/** Asks for today's events at an address that was registered before; false when Stripe no longer knows it. */
export async function renewWebhook(secretKey: string, endpointRef: string): Promise<boolean> {
  try {
    await ask(() =>
      stripeClient(secretKey).webhookEndpoints.update(endpointRef, { enabled_events: [...EVENTS] }),
    );
    return true;
  } catch (error) {
    if (error instanceof ProcessorFault && error.kind === "refused") return false;
    throw error;
  }
}
