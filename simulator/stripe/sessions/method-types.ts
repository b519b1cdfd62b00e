import type { Account } from "../accounts.ts";
import { DEBITS, isDebit } from "../debits/types.ts";
import { invalid } from "../wire/errors.ts";
import type { Params } from "../wire/params.ts";

/** A debit can be had in its own currency only, and cannot be authorised first. */
type Payment = { currency: string; manual: boolean };

/**
 * Cards and bank debits. `allowed_payment_method_types` filters what fits account and currency;
 * `payment_method_types`, which API versions before endive have, must fit whole. Left out, there are cards.
 */
export function readMethodTypes(params: Params, account: Account, payment: Payment): string[] {
  const allowed = params.texts("allowed_payment_method_types");
  const types = params.texts("payment_method_types");
  if (allowed.length === 0) {
    for (const type of types) insist(type, account, payment);
    return types.length > 0 ? types : ["card"];
  }
  const eligible = allowed.filter((type) => isSwitchedOn(type, account) && fits(type, payment));
  if (eligible.length > 0) return eligible;
  throw invalid(
    "No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods).",
  );
}

function isSwitchedOn(type: string, { country }: Account): boolean {
  const countries: readonly string[] = isDebit(type) ? DEBITS[type].countries : [];
  return type === "card" || type === "link" || countries.includes(country);
}

const fits = (type: string, { currency, manual }: Payment) =>
  !isDebit(type) || (DEBITS[type].currency === currency && !manual);

function insist(type: string, account: Account, { currency, manual }: Payment): void {
  if (!isSwitchedOn(type, account)) {
    throw invalid(
      `The payment method type provided: ${type} is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use.`,
      undefined,
      "payment_method_types",
    );
  }
  if (isDebit(type) && manual) {
    throw invalid(
      `The payment method type ${type} does not support capture_method=manual.`,
      undefined,
      "payment_method_types",
    );
  }
  if (isDebit(type) && DEBITS[type].currency !== currency) {
    throw invalid(
      `The currency provided (${currency}) is invalid. Payments with ${type} support the following currencies: ${DEBITS[type].currency}.`,
      undefined,
      "payment_method_types",
    );
  }
}
