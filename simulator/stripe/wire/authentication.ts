import type { Req, World } from "../../core/types.ts";
import { type Account, findKey } from "../accounts.ts";
import { StripeRefusal } from "./errors.ts";

function refuse(status: number, message: string, code?: string): StripeRefusal {
  return new StripeRefusal(status, { type: "invalid_request_error", message, ...(code && { code }) });
}

/** "sk_test_****************ants": the prefix, stars, the last four. */
function maskKey(key: string): string {
  const prefix = /^[a-z]+_(test|live)_/.exec(key)?.[0] ?? "";
  const rest = key.slice(prefix.length);
  return prefix + "*".repeat(Math.max(rest.length - 4, 0)) + rest.slice(-4);
}

function keyOf(req: Req): string {
  const header = req.headers.authorization ?? "";
  const bearer = /^Bearer\s+(.+)$/i.exec(header)?.[1];
  if (bearer) return bearer.trim();
  const basic = /^Basic\s+(\S+)$/i.exec(header)?.[1];
  return basic ? (Buffer.from(basic, "base64").toString().split(":")[0] ?? "") : "";
}

/** The account a key opens, or Stripe's refusal. */
export function authenticate(req: Req, world: World): Account {
  const key = keyOf(req);
  if (!key) {
    throw refuse(
      401,
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  const found = findKey(world, key);
  if (!found) throw refuse(401, `Invalid API Key provided: ${maskKey(key)}`);
  const { account, kind } = found;
  if (kind === "expired") throw refuse(401, `Expired API Key provided: ${maskKey(key)}`, "api_key_expired");
  if (kind === "publishable") {
    throw refuse(
      403,
      "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
      "secret_key_required",
    );
  }
  if (kind === "restricted" && req.method !== "GET") {
    throw refuse(
      403,
      `The provided key '${maskKey(key)}' does not have the required permissions for this endpoint on account '${account.shownId}'.`,
    );
  }
  const named = req.headers["stripe-account"];
  if (named !== undefined && named !== account.shownId) throw noAccess(String(named), ` '${maskKey(key)}'`);
  return account;
}

/** Of another account than the key's: nobody here has connected accounts. The words are Stripe's. */
export function noAccess(shownId: string, key = ""): StripeRefusal {
  return refuse(
    403,
    `The provided key${key} does not have access to account '${shownId}' (or that account does not exist). Application access may have been revoked.`,
    "account_invalid",
  );
}
