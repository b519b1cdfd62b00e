import { invalid } from "../wire/errors.ts";
import type { Params } from "../wire/params.ts";
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

/** TYPES, SessionCreateParams.PaymentIntentData: what Stripe takes and this simulator does not have. */
const ABSENT = [
  "application_fee_amount",
  "on_behalf_of",
  "setup_future_usage",
  "shipping",
  "transfer_data",
  "transfer_group",
] as const;

export function readIntentData(params: Params): IntentData {
  const data = params.group("payment_intent_data");
  data?.absent(ABSENT);
  return {
    captureMethod:
      data?.oneOf("capture_method", ["automatic", "automatic_async", "manual"]) ?? "automatic_async",
    cardCapture: readCardCapture(params),
    description: data?.text("description", { max: 1000 }) ?? null,
    metadata: data?.metadata() ?? {},
    receiptEmail: data ? readEmail(data, "receipt_email") : null,
    statementDescriptor: data?.text("statement_descriptor", { max: 22 }) ?? null,
    statementDescriptorSuffix: data?.text("statement_descriptor_suffix", { max: 22 }) ?? null,
  };
}

/** The one of the many payment_method_options that does something here. */
function readCardCapture(params: Params): "manual" | null {
  const options = params.echo("payment_method_options") ?? {};
  const card = typeof options === "string" ? undefined : options.card;
  const method = typeof card === "object" ? card.capture_method : undefined;
  if (method === undefined || method === "manual") return method ?? null;
  const name = "payment_method_options[card][capture_method]";
  throw invalid(`Invalid ${name}: must be manual`, undefined, name);
}
