/** The bank debits a merchant may offer: their currency, and the countries whose merchants may (Stripe's own tables). */
export const DEBITS = {
  au_becs_debit: { currency: "aud", countries: ["AU"], label: "Bank account (BECS Direct Debit)" },
  bacs_debit: { currency: "gbp", countries: ["AU", "GB", "US"], label: "Bank account (Bacs Direct Debit)" },
  sepa_debit: { currency: "eur", countries: ["AU", "GB", "US"], label: "Bank account (SEPA Direct Debit)" },
  us_bank_account: { currency: "usd", countries: ["US"], label: "US bank account" },
} as const;

export type DebitType = keyof typeof DEBITS;

export const isDebit = (type: string): type is DebitType => type in DEBITS;
