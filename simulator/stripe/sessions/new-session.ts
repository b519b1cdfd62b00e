import type Stripe from "stripe";
import { insistOnCharges } from "../activation.ts";
import type { Call } from "../api.ts";
import { checkTotal } from "../charge-limits.ts";
import { stripeSeconds } from "../clock.ts";
import { invalid } from "../wire/errors.ts";
import { newId } from "../wire/ids.ts";
import { customerDetails } from "./customer-details.ts";
import type { SessionDetails } from "./details.ts";
import { readLineItems } from "./line-items.ts";
import { readMethodTypes } from "./method-types.ts";
import { readEmail, readExpiry, readIntentData, readUrl } from "./session-params.ts";

/** Parameters this simulator takes and gives back without acting on them. */
const ECHOED = [
  "billing_address_collection",
  "branding_settings",
  "custom_text",
  "customer_creation",
  "locale",
  "origin_context",
  "payment_method_options",
  "submit_type",
  "wallet_options",
] as const;

/** TYPES, Checkout.SessionCreateParams: what Stripe takes and this simulator does not have. */
const ABSENT = [
  "after_expiration",
  "allow_promotion_codes",
  "automatic_tax",
  "consent_collection",
  "currency",
  "custom_fields",
  "customer",
  "customer_account",
  "customer_update",
  "discounts",
  "excluded_payment_method_types",
  "invoice_creation",
  "managed_payments",
  "name_collection",
  "optional_items",
  "payment_method_collection",
  "payment_method_configuration",
  "payment_method_data",
  "permissions",
  "phone_number_collection",
  "redirect_on_completion",
  "return_url",
  "saved_payment_method_options",
  "setup_intent_data",
  "shipping_address_collection",
  "shipping_options",
  "subscription_data",
  "tax_id_collection",
] as const;

/** Reads and checks all of a create call; only hosted pages that take one payment. */
export function newSession({ world, account, params }: Call): {
  session: Stripe.Checkout.Session;
  details: SessionDetails;
} {
  insistOnCharges(world, account);
  const created = stripeSeconds(world);
  const mode = params.oneOf("mode", ["payment", "setup", "subscription"]) ?? params.missing("mode");
  if (mode !== "payment") throw invalid(`This simulator has no mode '${mode}'.`, undefined, "mode");
  params.oneOf("ui_mode", ["hosted_page", "hosted"]);
  params.absent(ABSENT);

  const success_url = readUrl(params, "success_url") ?? params.missing("success_url");
  const cancel_url = readUrl(params, "cancel_url");
  const lineItems = readLineItems(params, created, account.livemode);
  const currency = lineItems[0]?.currency ?? params.missing("line_items");
  const total = lineItems.reduce((sum, line) => sum + line.amount_total, 0);
  checkTotal(account, total, currency);
  const expires_at = readExpiry(params, created);
  const intentData = readIntentData(params);
  const manual = intentData.captureMethod === "manual";
  const payment_method_types = readMethodTypes(params, account, { currency, manual });
  const customer_email = readEmail(params, "customer_email");
  const echoed = Object.fromEntries(
    ECHOED.map((name) => [name, params.echo(name)]).filter(([, value]) => value !== null),
  );
  const adaptive = params.group("adaptive_pricing");
  const id = newId(account.livemode ? "cs_live_a1" : "cs_test_a1");
  const session: Stripe.Checkout.Session = {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: adaptive?.text("enabled") === "true" },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: params.has("allowed_payment_method_types")
      ? params.texts("allowed_payment_method_types")
      : null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url,
    client_reference_id: params.text("client_reference_id", { max: 200 }),
    client_secret: null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: null,
    created,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: null,
    customer_account: null,
    customer_creation: "if_required",
    customer_details: customer_email === null ? null : customerDetails(customer_email, null),
    customer_email,
    discounts: [],
    expires_at,
    integration_identifier: params.text("integration_identifier"),
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: account.livemode,
    locale: null,
    managed_payments: null,
    metadata: params.metadata(),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: "if_required",
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types,
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${world.baseUrl}/c/pay/${id}`,
    wallet_options: null,
    ...echoed,
  };
  params.done();
  return { session, details: { lineItems, intentData } };
}
