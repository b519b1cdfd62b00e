import { CURRENCIES } from "./currency-table.ts";

/** An amount in hundredths of the currency's unit (see `Money` in money.ts). */
type Hundredths = { minor: bigint; currency: string };

/** Stripe's amounts have eight digits at most, where its page names no other number. */
const MOST = 99_999_999;

/** ISO 4217's decimals of a currency: AUD 2, JPY 0, KWD 3; 2 for one that the table does not have. */
export function digitsOf(currency: string): number {
  return CURRENCIES[currency]?.digits ?? 2;
}

/** Whether a text has the form of an ISO 4217 code: whatever Xero sends of that form can be read and shown. */
export function isCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/**
 * The least difference between two amounts that can be charged, in hundredths: 100 where Stripe or ISO 4217 has whole units
 * alone (JPY, ISK, MGA), else 1. A three-decimal amount must end in 0 at Stripe, so a hundredth is its step too.
 */
export function stepOf(currency: string): bigint {
  return CURRENCIES[currency]?.stripe?.decimals === 0 || digitsOf(currency) === 0 ? 100n : 1n;
}

/**
 * Hundredths as Stripe counts this currency: 1234n of AUD is 1234, of JPY 12.34 and so nothing that Stripe could charge. Throws
 * RangeError for an amount that Stripe has no number for. "Currencies are two-decimal currencies unless otherwise specified"
 * (docs.stripe.com/currencies), so one that the table does not have is counted in hundredths.
 */
export function toStripe({ minor, currency }: Hundredths): number {
  if (minor % stepOf(currency) !== 0n) throw new RangeError(`Stripe has no amount for ${minor} ${currency}`);
  const decimals = CURRENCIES[currency]?.stripe?.decimals ?? 2;
  return Number(decimals === 0 ? minor / 100n : decimals === 3 ? minor * 10n : minor);
}

/** The same backwards. Throws RangeError for thousandths, which Stripe's own rule forbids and Xero could not keep. */
export function fromStripe(units: number, currency: string): bigint {
  const amount = BigInt(units);
  const decimals = CURRENCIES[currency]?.stripe?.decimals ?? 2;
  if (decimals === 0) return amount * 100n;
  if (decimals === 2) return amount;
  if (amount % 10n !== 0n) throw new RangeError(`Stripe sent thousandths of ${currency}: ${units}`);
  return amount / 10n;
}

/** Why an amount can't be charged by card or bank debit, whatever the payer does. */
export type Unchargeable =
  | { why: "currency" }
  | { why: "step"; stepMinor: bigint }
  | { why: "least"; leastMinor: bigint }
  | { why: "most"; mostMinor: bigint };

/** Null for an amount that Stripe takes, and that it and Xero both keep to the last digit. */
export function unchargeable(money: Hundredths): Unchargeable | null {
  const { minor, currency } = money;
  const row = CURRENCIES[currency];
  if (!row?.stripe) return { why: "currency" };
  const stepMinor = stepOf(currency);
  if (minor % stepMinor !== 0n) return { why: "step", stepMinor };
  const leastMinor = leastOf(currency);
  if (minor < leastMinor) return { why: "least", leastMinor };
  const mostMinor = mostOf(currency);
  return minor > mostMinor ? { why: "most", mostMinor } : null;
}

/** The least that can be charged, in hundredths; a step where Stripe names none. */
export function leastOf(currency: string): bigint {
  const { least, decimals } = CURRENCIES[currency]?.stripe ?? { decimals: 2 };
  return least === undefined ? stepOf(currency) : fromUnits(least, decimals);
}

/** The most that can be charged, in hundredths. */
export function mostOf(currency: string): bigint {
  const { most, decimals } = CURRENCIES[currency]?.stripe ?? { decimals: 2 };
  const minor = fromUnits(most ?? MOST, decimals);
  return minor - (minor % stepOf(currency));
}

function fromUnits(units: number, decimals: 0 | 2 | 3): bigint {
  return (BigInt(units) * 100n) / 10n ** BigInt(decimals);
}
