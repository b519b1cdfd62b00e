import type { AppFlags } from "./apps/apps.ts";

const SIGN_IN: Record<string, string> = {
  openid: "Know that it is you",
  profile: "See your name",
  email: "See your e-mail address",
  offline_access: "Keep this access while you are away",
};

const READ_OR_WRITE: Record<string, string> = {
  "accounting.invoices": "invoices, credit notes, quotes, purchase orders and items",
  "accounting.payments": "payments, batch payments, prepayments and overpayments",
  "accounting.banktransactions": "bank transactions and transfers",
  "accounting.manualjournals": "manual journals",
  "accounting.settings": "the organisation's settings: accounts, tax rates, branding themes",
  "accounting.contacts": "contacts and contact groups",
  "accounting.attachments": "attached files",
};

const READ_ONLY: Record<string, string> = {
  "accounting.budgets.read": "See budgets",
  "accounting.journals.read": "See journals",
  ...Object.fromEntries(
    [
      "aged",
      "balancesheet",
      "banksummary",
      "budgetsummary",
      "executivesummary",
      "profitandloss",
      "trialbalance",
      "taxreports",
      "tenninetynine",
    ].map((report) => [`accounting.reports.${report}.read`, `See the report “${report}”`]),
  ),
};

const BROAD: Record<string, string> = {
  "accounting.transactions": "See and change all transactions",
  "accounting.transactions.read": "See all transactions",
  "accounting.reports.read": "See all reports",
};

const RESTRICTED: Record<string, string> = { paymentservices: "Add payment services to branding themes" };

function granularWords(scope: string): string | undefined {
  const written = READ_OR_WRITE[scope];
  if (written) return `See and change ${written}`;
  const read = scope.endsWith(".read") ? READ_OR_WRITE[scope.slice(0, -".read".length)] : undefined;
  return read ? `See ${read}` : undefined;
}

/** What a person reads on the consent page. */
export function scopeInWords(scope: string): string {
  return (
    SIGN_IN[scope] ?? granularWords(scope) ?? READ_ONLY[scope] ?? BROAD[scope] ?? RESTRICTED[scope] ?? scope
  );
}

/** The broad scopes work only for apps from before March 2026; one restricted scope breaks the whole consent. */
export function scopeAllowed(scope: string, flags: AppFlags): boolean {
  if (scope in SIGN_IN || scope in READ_ONLY || granularWords(scope)) return true;
  if (scope in BROAD) return flags.createdBefore2026March;
  return scope in RESTRICTED && flags.paymentServices;
}

/** What a custom connection may be given: granular scopes for the books; nobody signs in with it, and nothing is refreshed. */
export function customScopeAllowed(scope: string): boolean {
  return granularWords(scope) !== undefined || (scope in READ_ONLY && scope !== "accounting.journals.read");
}

export const CUSTOM_SCOPES = Object.keys(READ_OR_WRITE).flatMap((scope) => [scope, `${scope}.read`]);

export const splitScopes = (text: string) => [...new Set(text.split(" ").filter(Boolean))];
