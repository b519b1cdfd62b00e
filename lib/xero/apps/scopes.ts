/** What the desk needs, in the granular scopes that Xero has given out since March 2026. */
export const DEFAULT_SCOPES = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "accounting.settings.read",
  "accounting.contacts",
  "accounting.invoices",
  "accounting.attachments",
  "accounting.payments",
  "accounting.banktransactions",
].join(" ");

const SIGN_IN: Record<string, string> = {
  openid: "Know which Xero user consents",
  profile: "See that user's name",
  email: "See that user's e-mail address",
  offline_access: "Keep the connection while nobody is signed in to Xero",
};

/** The same for a custom connection: nobody signs in, so nothing is asked about a person. */
export const CUSTOM_SCOPES = DEFAULT_SCOPES.split(" ")
  .filter((scope) => !(scope in SIGN_IN))
  .join(" ");

const BOOKS: Record<string, string> = {
  "accounting.settings": "the organisation's name, chart of accounts and settings",
  "accounting.contacts": "contacts",
  "accounting.invoices": "invoices and credit notes",
  "accounting.attachments": "files on invoices",
  "accounting.payments": "payments",
  "accounting.banktransactions": "bank transactions",
  "accounting.manualjournals": "manual journals",
  "accounting.transactions": "all transactions (Xero's older, broad scope)",
};

/** A scope as a bookkeeper would say it; one we don't know stays as Xero spells it. */
export function scopeInWords(scope: string): string {
  const books = BOOKS[scope];
  if (books) return `Read and write ${books}`;
  const read = scope.endsWith(".read") ? BOOKS[scope.slice(0, -5)] : undefined;
  return SIGN_IN[scope] ?? (read ? `Read ${read}` : scope);
}

const BANK_WAITS = "no payout or overpayment is written to Xero; payments go on";

const BLOCKS: Record<string, string> = {
  openid: "nobody can connect",
  offline_access: "the connection ends after half an hour",
  "accounting.settings": "currencies are added in Xero alone; payments go on",
  "accounting.settings.read": "the organisation and its accounts can't be read",
  "accounting.contacts.read": "clients can't be sent their code",
  "accounting.contacts": "an order of a new client is not written to Xero; payments go on",
  "accounting.invoices.read": "invoices can't be read, so nobody can pay by link",
  "accounting.payments.read": "payments can't be looked up in Xero, so none is taken",
  "accounting.payments": "payments can't be written to Xero, so none is taken",
  "accounting.attachments": "files that come with orders don't go on their invoices; payments go on",
  "accounting.invoices": "no refund is written to Xero; payments go on",
  "accounting.banktransactions": BANK_WAITS,
  "accounting.banktransactions.read": BANK_WAITS,
};

/** What payouts and overpayments are written with. */
export const BANK_SCOPE = "accounting.banktransactions";

/**
 * What orders alone need, beyond what the desk does for payments: new contacts, files on invoices. An app that was saved before
 * asks for less.
 */
export const ORDER_SCOPES = ["accounting.contacts", "accounting.attachments"];

/** What currencies are added with. The desk asks to read settings alone: a firm may give it more. */
export const ADD_CURRENCY_SCOPE = "accounting.settings";

const NOT_FOR_PAYMENTS = new Set([...ORDER_SCOPES, ADD_CURRENCY_SCOPE, "accounting.invoices"]);

/** False for a scope that payments do without. */
export function stopsPayments(scope: string): boolean {
  return !NOT_FOR_PAYMENTS.has(scope) && !scope.startsWith(BANK_SCOPE);
}

/** What the desk can't do without a scope: the end of a sentence. */
export function blockedWithout(scope: string): string {
  return BLOCKS[scope] ?? "a part of the desk stands still";
}

/** True when `granted` covers `needed`: a scope that writes also reads. */
export function covers(granted: string[], needed: string): boolean {
  return granted.includes(needed) || granted.includes(needed.replace(/\.read$/, ""));
}

/** What a consent must ask for and these scopes lack. */
export function missingScopes(granted: string[]): string[] {
  const signIn = ["openid", "offline_access"].filter((needed) => !granted.includes(needed));
  return [...signIn, ...missingBookScopes(granted)];
}

/** What the desk can't work with an organisation's books without, and these scopes lack; what orders alone need is left out. */
export function missingBookScopes(granted: string[]): string[] {
  return [
    ...CUSTOM_SCOPES.split(" ").filter((scope) => !ORDER_SCOPES.includes(scope)),
    "accounting.contacts.read",
  ].filter((needed) => !covers(granted, needed));
}

/** One space between, each once. Scopes are lower-case words with dots and underscores. */
export function tidyScopes(text: string): string {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))].join(" ");
}
