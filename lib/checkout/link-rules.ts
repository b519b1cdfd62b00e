/** What a pay link says. Hints only: nothing in it decides a charge. */
export type Link = {
  /** The invoice number in every reading that the address allows; the first is the likeliest. */
  numbers: string[];
  /** The number as it stands if an unencoded "#" cut the rest off. */
  cutAtHash: string | null;
  /** Digits with at most one dot, as "2200.00"; null when the text is no amount. */
  amount: string | null;
  shortCode: string | null;
  currency: string | null;
};

type Query = Record<string, string | string[] | undefined>;

const LONGEST_NUMBER = 255;
const OURS = new Set(["short", "currency", "amount"]);

/**
 * Reads `?short=!dM0aU&currency=AUD&amount=2200.00&invoice=INV-2009` in any order. Xero's placeholders may come in
 * unencoded: the number is last in our template, so whatever stands behind it and is not ours belongs to it.
 */
export function linkFromQuery(query: Query): Link | null {
  const entries = Object.entries(query).map(
    ([key, value]) => [key, Array.isArray(value) ? value[0] : value] as const,
  );
  const at = entries.findIndex(([key]) => key.toLowerCase() === "invoice");
  if (at < 0) return null;
  const named = new Map(entries.map(([key, value]) => [key.toLowerCase(), value ?? ""]));
  const first = entries[at]?.[1] ?? "";
  const rest = entries
    .slice(at + 1)
    .filter(([key]) => !OURS.has(key.toLowerCase()))
    .map(([key, value]) => (value ? `&${key}=${value}` : `&${key}`));
  return {
    ...numberReadings(rest.length > 0 ? [first + rest.join(""), first] : [first]),
    amount: amountText(named.get("amount") ?? ""),
    shortCode: named.get("short") || null,
    currency: /^[A-Z]{3}$/.test((named.get("currency") ?? "").toUpperCase())
      ? (named.get("currency") ?? "").toUpperCase()
      : null,
  };
}

/** The old shapes: company/{company}/firm/{firm}/invoiceNo/{number}/amount/{amount}, segments as they stand in the path. */
export function linkFromPath(
  segments: string[],
): { companySlug: string; firmSlug: string; number: string; amount: string } | null {
  const match = /^company\/([^/]+)\/firm\/([^/]+)\/invoiceNo\/(.+)\/amount\/([^/]+)\/?$/i.exec(
    segments.join("/"),
  );
  if (!match) return null;
  const [companySlug, firmSlug, number, amount] = match.slice(1).map(decodeOnce);
  return companySlug && firmSlug && number && amount ? { companySlug, firmSlug, number, amount } : null;
}

/** The path segments of an old link that was pasted or carried over whole, with or without its address and "#". */
export function linkFromPasted(text: string): string[] {
  const at = text.indexOf("company/");
  return at < 0 ? [] : text.slice(at).trim().split("/");
}

/**
 * Every reading of the number: a space may have been a "+" before the query was decoded, and some systems encode twice.
 * NFC, since "é" has two spellings.
 */
function numberReadings(texts: string[]): Pick<Link, "numbers" | "cutAtHash"> {
  const readings = texts
    .flatMap((text) => [text, decodeOnce(text)])
    .flatMap(plusReadings)
    .flatMap((text) => [text, text.trim()])
    .map((text) => text.normalize("NFC"))
    .filter((text) => text.trim() !== "" && text.length <= LONGEST_NUMBER && !text.includes("\0"));
  const numbers = [...new Set(readings)];
  return { numbers, cutAtHash: numbers[0] ?? null };
}

/** "INV 8 & co" → also "INV+8 & co", and so on: up to four spaces, each either way. */
function plusReadings(text: string): string[] {
  const parts = text.split(" ");
  const spaces = parts.length - 1;
  if (spaces === 0 || spaces > 4) return [text];
  return Array.from({ length: 2 ** spaces }, (_, pattern) =>
    parts.reduce((joined, part, index) => joined + ((pattern >> (index - 1)) & 1 ? "+" : " ") + part),
  );
}

/** "2200.00", "2200", "2,200.00": ASCII digits, a dot, commas only as thousands. Null for anything else. */
export function amountText(text: string): string | null {
  const plain = text.trim();
  if (!/^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,3})?$/.test(plain)) return null;
  return plain.replaceAll(",", "");
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The query of our own link that says the same. */
export function toQuery(link: {
  number: string;
  amount: string;
  short?: string | null;
  currency?: string | null;
}): string {
  const parts = [
    ...(link.short ? [`short=${encodeURIComponent(link.short)}`] : []),
    ...(link.currency ? [`currency=${encodeURIComponent(link.currency)}`] : []),
    `amount=${encodeURIComponent(link.amount)}`,
    `invoice=${encodeURIComponent(link.number)}`,
  ];
  return parts.join("&");
}
