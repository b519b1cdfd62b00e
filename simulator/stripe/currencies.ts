import { invalid } from "./errors.ts";

const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));
const THREE_DECIMAL = new Set("bhd jod kwd omr tnd".split(" "));
const KNOWN = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** Stripe's published minimum charges, in minor units. */
const MINIMUM: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

const MOST = 99_999_999;

/** Units of one US dollar; fixed, so that every run gives the same numbers. */
const PER_USD: Record<string, number> = {
  usd: 1,
  aud: 1.52,
  gbp: 0.76,
  eur: 0.86,
  nzd: 1.74,
  cad: 1.4,
  jpy: 154,
  sgd: 1.3,
  hkd: 7.78,
  chf: 0.8,
};

function decimalsOf(currency: string): number {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

export function formatMinor(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount / 10 ** decimals);
}

export function checkCurrency(code: string, param: string): string {
  const currency = code.toLowerCase();
  if (KNOWN.has(currency)) return currency;
  throw invalid(`Invalid currency: ${code}. Stripe does not support it.`, undefined, param);
}

/** Refuses a total that Stripe would not charge. */
export function checkTotal(amount: number, currency: string): void {
  const code = currency.toUpperCase();
  const least = MINIMUM[currency] ?? 1;
  if (amount === 0) {
    throw invalid(
      "The Checkout Session's total amount due cannot be zero in `payment` mode",
      "amount_too_small",
    );
  }
  if (amount < least) {
    throw invalid(
      `The Checkout Session's total amount due must add up to at least ${formatMinor(least, currency)} ${code}`,
      "amount_too_small",
    );
  }
  if (amount > MOST) {
    throw invalid(
      `The Checkout Session's total amount due must be no more than ${formatMinor(MOST, currency)} ${code}.`,
      "amount_too_large",
    );
  }
  if (THREE_DECIMAL.has(currency) && amount % 10 !== 0) {
    throw invalid(`Amounts in ${code} must end in 0: its last decimal is not used.`, "amount_invalid");
  }
}

/** Null when both are the same. */
export function exchangeRate(from: string, to: string): number | null {
  if (from === to) return null;
  const rate = ((PER_USD[to] ?? 1) / (PER_USD[from] ?? 1)) * 10 ** (decimalsOf(to) - decimalsOf(from));
  return Number(rate.toFixed(6));
}
