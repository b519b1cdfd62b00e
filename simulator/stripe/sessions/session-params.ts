import { invalid } from "../errors.ts";
import type { Params } from "../params.ts";
import type { IntentData } from "./details.ts";

const SHORTEST = 30 * 60;
const LONGEST = 24 * 3600;

export function readUrl(params: Params, name: string): string | null {
  const url = params.text(name);
  if (url === null || /^https?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw invalid("Not a valid URL", "url_invalid", name);
}

export function readEmail(params: Params, name: string): string | null {
  const email = params.text(name, { max: 800 });
  if (email === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email;
  throw invalid(`Invalid email address: ${email}`, "email_invalid", params.nameOf(name));
}

export function readExpiry(params: Params, created: number): number {
  const expiresAt = params.integer("expires_at");
  if (expiresAt === null) return created + LONGEST;
  if (expiresAt < created + SHORTEST) {
    throw invalid("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
  }
  if (expiresAt > created + LONGEST) {
    throw invalid("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
  }
  return expiresAt;
}

/** Cards are all there is so far; left out means "what the account has switched on". */
export function readMethodTypes(params: Params): string[] {
  const allowed = params.texts("allowed_payment_method_types");
  const types = allowed.length > 0 ? allowed : params.texts("payment_method_types");
  const unknown = types.find((type) => type !== "card" && type !== "link");
  if (unknown) {
    throw invalid(
      `The payment method type provided: ${unknown} is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use.`,
      undefined,
      "payment_method_types",
    );
  }
  return types.length > 0 ? types : ["card"];
}

export function readIntentData(params: Params): IntentData {
  const data = params.group("payment_intent_data");
  return {
    description: data?.text("description", { max: 1000 }) ?? null,
    metadata: data?.metadata() ?? {},
    receiptEmail: data ? readEmail(data, "receipt_email") : null,
    statementDescriptor: data?.text("statement_descriptor", { max: 22 }) ?? null,
    statementDescriptorSuffix: data?.text("statement_descriptor_suffix", { max: 22 }) ?? null,
  };
}
