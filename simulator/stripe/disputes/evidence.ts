import type Stripe from "stripe";
import type { Params } from "../wire/params.ts";

/** What a merchant may say and attach; files by their id. */
const FIELDS = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_communication",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "customer_signature",
  "duplicate_charge_documentation",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "receipt",
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "service_documentation",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_documentation",
  "shipping_tracking_number",
  "uncategorized_file",
  "uncategorized_text",
] as const;

/** Stripe's own limit on all of the text together is 150,000 characters; one field has at most 20,000. */
const LONGEST = 20_000;

export const NO_EVIDENCE = {
  ...Object.fromEntries(FIELDS.map((name) => [name, null])),
  enhanced_evidence: {},
} as Stripe.Dispute.Evidence;

/** Only what is given. */
export function readEvidence(params: Params): Partial<Stripe.Dispute.Evidence> {
  const evidence = params.group("evidence");
  if (!evidence) return {};
  const given = FIELDS.map((name) => [name, evidence.text(name, { max: LONGEST })] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== null));
}
