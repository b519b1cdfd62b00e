/** A merchant with the official SDK, and a payer with a browser; for tests. */
import Stripe from "stripe";

export const line = (unit_amount: number, name: string, currency = "aud") => ({
  quantity: 1,
  price_data: { currency, unit_amount, product_data: { name } },
});

export const params = (
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: "payment",
  line_items: [line(220_000, "Invoice INV-2009")],
  client_reference_id: "checkout_1",
  customer_email: "payer@client.example",
  metadata: { firm: "demo" },
  payment_intent_data: { description: "INV-2009", metadata: { checkout: "checkout_1" } },
  success_url: "http://localhost:3000/return?session_id={CHECKOUT_SESSION_ID}",
  cancel_url: "http://localhost:3000/back",
  ...more,
});

export function connect(url: string, key = "sk_test_demo_accountants"): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
}

export async function openSession(stripe: Stripe, more?: Partial<Stripe.Checkout.SessionCreateParams>) {
  const session = await stripe.checkout.sessions.create(params(more));
  return { id: session.id, url: session.url ?? "" };
}

export const card = (number: string, more: Record<string, string> = {}) =>
  new URLSearchParams({
    email: "payer@client.example",
    name: "Pat Payer",
    number,
    expiry: "12 / 34",
    cvc: "123",
    ...more,
  });

export const submit = (url: string, body: URLSearchParams) =>
  fetch(url, { method: "POST", body, redirect: "manual" });

export async function control(url: string, path: string, body: object) {
  const address = `${url}/control/stripe/${path}`;
  return (await fetch(address, { method: "POST", body: JSON.stringify(body) })).json();
}

/** The kinds of all events since the last reset, oldest first. */
export async function eventTypes(stripe: Stripe): Promise<string[]> {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

/** A payment by card or debit, without a browser, with all that hangs on it. */
export async function pay(
  stripe: Stripe,
  url: string,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
  by: object = {},
) {
  const { id } = await openSession(stripe, more);
  await control(url, "complete", { session: id, ...by });
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent.latest_charge"] });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  const charge = intent.latest_charge as Stripe.Charge;
  return { session: id, intent: intent.id, charge: charge.id };
}
