import type Stripe from "stripe";
import { isDebit } from "../debits/types.ts";
import { newId } from "../wire/ids.ts";

type Details = Stripe.Charge.PaymentMethodDetails;

/** What a charge shows of the method it was made with. */
export function chargeDetails(method: Stripe.PaymentMethod, amount: number, authenticated: boolean): Details {
  if (method.card) return { type: "card", card: cardDetails(method.card, amount, authenticated) };
  if (!isDebit(method.type)) throw new Error(`No details of a ${method.type}`);
  return { type: method.type, [method.type]: method[method.type] };
}

function cardDetails(
  card: Stripe.PaymentMethod.Card,
  amount: number,
  authenticated: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: authenticated ? "05" : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: card.regulated_status,
    three_d_secure: authenticated
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: newId("txn_3"),
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}
