import type Stripe from "stripe";
import { type Html, html } from "../../core/html.ts";
import { DEBITS, type DebitType, isDebit } from "../debits/types.ts";

/** What the payer typed, to show again; never a number or the code. */
export type Typed = {
  method: string;
  email: string;
  name: string;
  expiry: string;
  routing: string;
  holder: string;
};

export const NOTHING_TYPED: Typed = { method: "", email: "", name: "", expiry: "", routing: "", holder: "" };

export const typedOf = (form: URLSearchParams): Typed => ({
  method: form.get("method") ?? "",
  email: form.get("email") ?? "",
  name: form.get("name") ?? "",
  expiry: form.get("expiry") ?? "",
  routing: form.get("routing") ?? "",
  holder: form.get("holder") ?? "",
});

/** Of several, those of the one chosen are shown where the browser can (:has), and all of them where it cannot. */
export function payFields(session: Stripe.Checkout.Session, typed: Typed, problem?: string): Html {
  const methods = offered(session);
  const fixed = session.customer_email !== null;
  const only = methods.length === 1;
  const chosen = methods.find((one) => one === typed.method) ?? methods[0];
  const examples = methods.map((method) => named(method, session.livemode)).join(" and ");
  return html`<p class="note">${session.livemode ? "Live mode of a simulator, which takes no real money: only" : "Test mode: only"} ${session.livemode ? "its own" : "Stripe's published test"} ${examples} work. Do not type a real ${methods[0] === "card" ? "card number" : "account number"}.</p>
${problem && html`<p class="bad" role="alert">${problem}</p>`}
${field("email", "E-mail", typed.email, fixed ? html`type="email" required readonly` : html`type="email" required`)}
${only ? html`<input type="hidden" name="method" value="${methods[0]}">` : choice(methods, chosen)}
${methods.map((method) => {
  const fields = method === "card" ? cardFields(typed, only) : bankFields(method, typed, only);
  return only ? fields : html`<div class="of-${method}">${fields}</div>`;
})}`;
}

/** The first is what a payer gets who chooses nothing. */
export const offered = (session: Stripe.Checkout.Session): ("card" | DebitType)[] =>
  session.payment_method_types.filter((type) => type === "card" || isDebit(type)) as ("card" | DebitType)[];

const named = (method: "card" | DebitType, livemode: boolean) =>
  method === "card"
    ? `cards, such as ${livemode ? "4012 8888 8888 1881" : "4242 4242 4242 4242"},`
    : `bank accounts, such as ${EXAMPLES[method]},`;

const EXAMPLES: Record<DebitType, string> = {
  au_becs_debit: "BSB 000-000 account 000123456",
  bacs_debit: "sort code 10-88-00 account 00012345",
  sepa_debit: "AT32 1904 3002 3547 3204",
  us_bank_account: "routing number 110000000 account 000123456789",
};

function choice(methods: ("card" | DebitType)[], chosen: string | undefined): Html {
  const hidden = methods
    .map(
      (one) => `form:has([name=method]:checked):not(:has([value=${one}]:checked)) .of-${one}{display:none}`,
    )
    .join("");
  return html`<style>${hidden}</style>
<fieldset><legend>How to pay</legend>
${methods.map((method) => html`<label class="check"><input type="radio" name="method" value="${method}" ${method === chosen && html`checked`}>${method === "card" ? "Card" : DEBITS[method].label}</label>`)}
</fieldset>`;
}

function field(name: string, label: string, value: string, more: Html = html``): Html {
  return html`<label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}" autocomplete="off" ${more}>`;
}

function cardFields(typed: Typed, only: boolean): Html {
  const required = only && html`required`;
  return html`${field("number", "Card number", "", html`inputmode="numeric" maxlength="23" placeholder="1234 1234 1234 1234" ${required}`)}
<div class="row"><div>${field("expiry", "Expiry (MM / YY)", typed.expiry, html`inputmode="numeric" maxlength="7" placeholder="MM / YY" ${required}`)}</div>
<div>${field("cvc", "Security code (CVC)", "", html`inputmode="numeric" maxlength="4" placeholder="CVC" ${required}`)}</div></div>
${field("name", "Cardholder name", typed.name, html`${required}`)}
<div class="row"><div>${field("country", "Country (two letters; the merchant's if empty)", "", html`maxlength="2"`)}</div>
<div>${field("postal_code", "Postal code", "", html`maxlength="12"`)}</div></div>`;
}

const ROUTING: Record<DebitType, string | null> = {
  au_becs_debit: "BSB",
  bacs_debit: "Sort code",
  sepa_debit: null,
  us_bank_account: "Routing number",
};

function bankFields(type: DebitType, typed: Typed, only: boolean): Html {
  const required = only && html`required`;
  const routing = ROUTING[type];
  return html`${routing && field("routing", routing, typed.routing, html`inputmode="numeric" maxlength="11" ${required}`)}
${field("account", routing ? "Account number" : "IBAN", "", html`maxlength="42" ${required}`)}
${field("holder", "Name on the account", typed.holder, html`${required}`)}
${
  type === "us_bank_account" &&
  html`<label class="check"><input type="checkbox" name="microdeposits">Verify by two small deposits, which takes a few days</label>`
}
<p class="soft">By pressing Pay you allow this account to be debited once. It takes a few days until your bank answers.</p>`;
}
