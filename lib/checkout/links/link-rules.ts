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

const LONGEST_NUMBER = 255;
const LONGEST_SEARCH = 4_000;
const OURS = new Set(["short", "currency", "amount"]);

/**
 * Reads `short=!dM0aU&currency=AUD&amount=2200.00&invoice=INV-2009` as it stands in the address, in any order; of a
 * repeated name the first counts. Xero's placeholders may come in unencoded: the number is last in our template, so
 * whatever stands behind it and is not ours belongs to it ("R&D&2024"). Pages and forms read a link by this alone.
 */
export function linkFromSearch(search: string): Link | null {
  const pieces = search.slice(0, LONGEST_SEARCH).split("&").map(pieceOf);
  const at = pieces.findIndex(({ name }) => name === "invoice");
  const [invoice, ...behind] = at < 0 ? [] : pieces.slice(at);
  if (!invoice) return null;
  const named = (name: string) => {
    const raw = pieces.find((piece) => piece.name === name)?.raw ?? "";
    return unescaped(raw.replaceAll("+", " "));
  };
  const rest = behind.filter(({ name }) => !OURS.has(name)).map(({ text }) => text);
  const currency = named("currency").toUpperCase();
  return {
    ...numberReadings([[invoice.raw, ...rest].join("&"), invoice.raw]),
    amount: amountText(named("amount")),
    shortCode: named("short") || null,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
  };
}

/** One piece of a query: its name decoded, `raw` what stands behind its first "=", `text` all of it. */
function pieceOf(text: string): { name: string; raw: string; text: string } {
  const [name = "", ...values] = text.split("=");
  return { name: unescaped(name).toLowerCase(), raw: values.join("="), text };
}

/** "%41+b%" → "A+b%": what is no escape stays as it is. */
function unescaped(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/**
 * The old shapes, in an address or a text with or without what stands before it:
 * company/{company}/firm/{firm}/invoiceNo/{number}/amount/{amount}
 */
export function linkFromPath(
  text: string,
): { companySlug: string; firmSlug: string; number: string; amount: string } | null {
  const shape = /company\/([^/]+)\/firm\/([^/]+)\/invoiceNo\/(.+)\/amount\/([^/?#\s]+)\/?\s*(?:[?#].*)?$/i;
  const parts = shape.exec(text.slice(0, LONGEST_SEARCH))?.slice(1) ?? [];
  const [companySlug, firmSlug, number, amount] = parts.map(unescaped);
  return companySlug && firmSlug && number && amount ? { companySlug, firmSlug, number, amount } : null;
}

/**
 * Every reading of the number: a "+" is a space of a form or a plus that stands unencoded, and some systems encode twice.
 * NFC, since "é" has two spellings.
 */
function numberReadings(texts: string[]): Pick<Link, "numbers" | "cutAtHash"> {
  const readings = texts
    .flatMap((text) => [text.replaceAll("+", " "), text].map(unescaped))
    .flatMap((text) => [text, unescaped(text)])
    .flatMap((text) => [text, text.trim()])
    .filter(isNumber)
    .map((text) => text.normalize("NFC"));
  // Only where nothing was encoded does a "#" cut, and there a "+" is a plus.
  const cut = unescaped(texts[0] ?? "").normalize("NFC");
  return { numbers: [...new Set(readings)], cutAtHash: isNumber(cut) ? cut : null };
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && text.length <= LONGEST_NUMBER && !text.includes("\0");
}

/** "2200.00", "2200", "2,200.00": ASCII digits, a dot, commas only as thousands. Null for anything else. */
export function amountText(text: string): string | null {
  const plain = text.trim();
  if (!/^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,3})?$/.test(plain)) return null;
  return plain.replaceAll(",", "");
}
