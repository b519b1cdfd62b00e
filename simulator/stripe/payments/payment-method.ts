import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { getObject, insertObject } from "../objects.ts";
import { newId } from "../wire/ids.ts";
import { fingerprintOf, type TestCard } from "./cards.ts";

/** What a payer typed, without the number: that never leaves the page's handler. */
export type CardEntry = {
  card: TestCard;
  expMonth: number;
  expYear: number;
  name: string;
  email: string;
  /** Of the payer's address, which Checkout asks for with a card. */
  country: string;
  postalCode: string | null;
};

export function billingDetails({
  name,
  email,
  country = null,
  postalCode = null,
}: {
  name: string;
  email: string;
  country?: string | null;
  postalCode?: string | null;
}): Stripe.PaymentMethod.BillingDetails {
  return {
    address: { city: null, country, line1: null, line2: null, postal_code: postalCode, state: null },
    email,
    name,
    phone: null,
    tax_id: null,
  };
}

export function insertPaymentMethod(world: World, account: string, entry: CardEntry): Stripe.PaymentMethod {
  const { brand, country, funding, number } = entry.card;
  return insertObject<Stripe.PaymentMethod>(world, account, {
    id: newId("pm_1"),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: billingDetails(entry),
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country,
      display_brand: brand,
      exp_month: entry.expMonth,
      exp_year: entry.expYear,
      fingerprint: fingerprintOf(entry.card),
      funding,
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: stripeSeconds(world),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  });
}

export function getMethod(world: World, account: string, id: string): Stripe.PaymentMethod {
  const method = getObject<Stripe.PaymentMethod>(world, account, "payment_method", id);
  if (!method) throw new Error(`No payment method ${id}`);
  return method;
}
