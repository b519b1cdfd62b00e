const moneyFormats = new Map<string, Intl.NumberFormat>();
const figureFormats = new Map<number, Intl.NumberFormat>();

/**
 * The only place that formats a currency: always with its digits said. Left to itself Intl takes CLDR's, which are none for HUF,
 * IDR, PKR and a dozen more, and rounds 99.99 to 100. Kept: making one takes forty times as long as using it.
 */
export function moneyFormat(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency}${digits}`;
  const format =
    moneyFormats.get(key) ?? new Intl.NumberFormat("en", { style: "currency", currency, ...exactly(digits) });
  moneyFormats.set(key, format);
  return format;
}

export function figureFormat(digits: number): Intl.NumberFormat {
  const format = figureFormats.get(digits) ?? new Intl.NumberFormat("en", exactly(digits));
  figureFormats.set(digits, format);
  return format;
}

const exactly = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });
