/** The custom payment URL and its placeholders (xero-platform.md 5). */

const placeholders = ["INVOICENUMBER", "CURRENCY", "AMOUNTDUE", "SHORTCODE", "INVOICEID"] as const;

export type PlaceholderValues = Record<(typeof placeholders)[number], string>;

/** "encoded" as a URL should be, or "raw" as it must not be: which of them Xero does is not known. */
export type LinkMode = "encoded" | "raw";

/** What is wrong with a template, in a person's words; none when Xero would take it. */
export function faultsOfPaymentUrl(template: string): string[] {
  const url = URL.parse(template);
  if (!url) return ["The custom payment URL is not a valid URL"];
  const local = url.protocol === "http:" && /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (url.protocol !== "https:" && !local) return ["The custom payment URL must start with https://"];
  if (template.length > 1000) return ["The custom payment URL must be 1000 characters or fewer"];
  const unknown = [...template.matchAll(/\[([A-Z]+)\]/g)].filter(
    ([, word]) => !placeholders.some((known) => known === word),
  );
  return unknown.map(([whole]) => `The custom payment URL has an unknown placeholder ${whole}`);
}

/** The link behind the Pay now button, made anew at each page view. */
export function renderPaymentUrl(template: string, values: PlaceholderValues, mode: LinkMode): string {
  return template.replace(/\[([A-Z]+)\]/g, (whole, word: string) => {
    const known = placeholders.find((name) => name === word);
    if (!known) return whole;
    return mode === "encoded" ? encodeURIComponent(values[known]) : values[known];
  });
}
