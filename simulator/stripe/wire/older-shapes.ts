/**
 * How 2025-02-24.acacia shows what is kept in the shape of endive, object by object: the properties that it does not have,
 * those that it has besides, and values by another name. Held against the types of the SDKs 17.7 and 23.1.
 */
type Shape = {
  /** Names, and paths of nested ones. */
  without: readonly string[];
  with?: Record<string, unknown>;
  renamed?: Record<string, Record<string, string>>;
};

const ACACIA: Record<string, Shape> = {
  "checkout.session": {
    without: [
      "allowed_payment_method_types",
      "automatic_tax.provider",
      "branding_settings",
      "collected_information.business_name",
      "collected_information.individual_name",
      "customer_account",
      "customer_details.business_name",
      "customer_details.individual_name",
      "integration_identifier",
      "managed_payments",
      "origin_context",
      "permissions",
      "wallet_options",
    ],
    with: { shipping_details: null },
    renamed: { ui_mode: { hosted_page: "hosted" } },
  },
  payment_intent: {
    without: [
      "allowed_payment_method_types",
      "customer_account",
      "excluded_payment_method_types",
      "managed_payments",
      "payment_record",
    ],
    with: { invoice: null },
  },
  charge: { without: ["payment_method_details.card.transaction_link_id"], with: { invoice: null } },
  payment_method: { without: ["customer_account"] },
  balance_transaction: { without: ["balance_type"] },
  refund: { without: ["customer", "customer_account", "payment_method"] },
  dispute: {
    without: [
      "evidence_details.submission_method",
      "intended_submission_method",
      "payment_method_details.card.network",
    ],
  },
  payout: { without: ["payout_method"] },
  account: {
    without: [
      "business_profile.minority_owned_business_designation",
      "business_profile.specified_commercial_transactions_act_url",
    ],
  },
  item: { without: ["adjustable_quantity", "metadata"] },
};

/** Of lists and of what is expanded too. */
export function inAcacia(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inAcacia);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inAcacia(inner)]),
  );
  const shape = ACACIA[String(copy.object)];
  if (!shape) return copy;
  for (const path of shape.without) remove(copy, path.split("."));
  for (const [name, words] of Object.entries(shape.renamed ?? {}))
    copy[name] = words[String(copy[name])] ?? copy[name];
  return { ...copy, ...shape.with };
}

function remove(target: Record<string, unknown>, [name = "", ...rest]: string[]): void {
  const inner = target[name];
  if (rest.length === 0) delete target[name];
  else if (typeof inner === "object" && inner !== null) remove(inner as Record<string, unknown>, rest);
}
