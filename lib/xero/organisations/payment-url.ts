/** Which firm's pay page a custom payment URL in Xero should lead to. */
export type PayPlace = { origin: string; company: string; firm: string };

/** `ok`: it will work as it is · `warn`: it works, but could be better · `wrong`: it won't do. */
export type Finding = { tone: "ok" | "warn" | "wrong"; text: string };

/** What Xero fills in. The parameter each belongs to, and what goes wrong without it. */
const PLACEHOLDERS = [
  { name: "SHORTCODE", parameter: "short", needed: false },
  { name: "CURRENCY", parameter: "currency", needed: false },
  { name: "AMOUNTDUE", parameter: "amount", needed: true },
  { name: "INVOICENUMBER", parameter: "invoice", needed: true },
] as const;

type Placeholder = (typeof PLACEHOLDERS)[number]["name"];

const NAMES: string[] = PLACEHOLDERS.map(({ name }) => name);

/**
 * What to paste into Xero. The number stands last: Xero may fill it in as it is, and a "&" or "#" in a number then cuts
 * off nothing else.
 */
export function paymentUrlTemplate({ origin, company, firm }: PayPlace): string {
  const query = PLACEHOLDERS.map(({ name, parameter }) => `${parameter}=[${name}]`).join("&");
  return `${origin}/pay/${company}/${firm}?${query}`;
}

/** Reads a URL as it stands in Xero and says what is right and wrong with it, the worst first. Never empty. */
export function checkPastedUrl(pasted: string, expected: PayPlace): Finding[] {
  const text = pasted.trim();
  if (text === "") return [wrong("Paste the address that stands in Xero.")];
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? URL.parse(text) : null;
  if (!url) return [wrong("This is no complete address: it must begin with https://")];

  const findings = [...spacing(pasted, text), ...destination(url, expected)];
  const old = /\/qsopus\//i.test(text);
  findings.push(...(old ? oldShape(text, expected) : newShape(url, text, expected)));
  if (findings.every(({ tone }) => tone !== "wrong")) {
    findings.push({
      tone: "ok",
      text: old
        ? "This is the older form of the link. It works and will keep working; the new one also carries the currency."
        : "This address is right.",
    });
  }
  return findings.toSorted((a, b) => order(a) - order(b));
}

function spacing(pasted: string, text: string): Finding[] {
  if (/\s/.test(text)) return [wrong("There is a space or a line break inside the address.")];
  if (pasted !== text) return [warn("There is a space before or after the address. In Xero, leave it out.")];
  return [];
}

function destination(url: URL, { origin }: PayPlace): Finding[] {
  const own = new URL(origin);
  if (url.host !== own.host) return [wrong(`It leads to ${url.host}; this desk is at ${own.host}.`)];
  if (url.protocol !== own.protocol)
    return [wrong(`It begins with ${url.protocol}// and must begin with ${own.protocol}//`)];
  return [];
}

function newShape(url: URL, text: string, expected: PayPlace): Finding[] {
  return [...place(url.pathname, expected), ...placeholders(text), ...parameters(text), ...lastPlace(text)];
}

function place(path: string, { company, firm }: PayPlace): Finding[] {
  const [, company_, firm_] = /^\/pay\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  if (!company_ || !firm_) return [wrong(`After the host it must read /pay/${company}/${firm}`)];
  return otherPlace({ company: company_, firm: firm_ }, { company, firm });
}

function otherPlace(
  found: { company: string; firm: string },
  wanted: { company: string; firm: string },
): Finding[] {
  if (found.company !== wanted.company)
    return [wrong(`It is for the company “${found.company}”; this firm belongs to “${wanted.company}”.`)];
  if (found.firm !== wanted.firm)
    return [wrong(`It is for the firm “${found.firm}”; this one is “${wanted.firm}”.`)];
  return [];
}

/** Misspelt ones, and brackets that a browser has turned into escapes: Xero fills in neither. */
function placeholders(text: string): Finding[] {
  if (/%5B/i.test(text))
    return [wrong("The square brackets were turned into %5B and %5D. Copy the address again, as text.")];
  return [...text.matchAll(/\[([^\]]*)\]?/g)].flatMap(([whole, name = ""]) => {
    if (!whole.endsWith("]")) return [wrong(`A square bracket is not closed: ${whole.slice(0, 30)}`)];
    if (NAMES.includes(name)) return [];
    const meant = nearest(name);
    return [
      wrong(
        meant ? `[${name}] is misspelt: write [${meant}].` : `Xero doesn't know the placeholder [${name}].`,
      ),
    ];
  });
}

/** Each placeholder once, in its own parameter, and no invoice's own values in its place. */
function parameters(text: string): Finding[] {
  const values = queryOf(text);
  return PLACEHOLDERS.flatMap(({ name, parameter, needed }) => {
    const value = values.get(parameter);
    if (value === `[${name}]`) return [];
    if (value === undefined || value === "") {
      const text_ = `${parameter}=[${name}] is missing.`;
      return [needed ? wrong(text_) : warn(`${text_} ${WITHOUT[name]}`)];
    }
    if (!value.includes("[")) {
      return [
        wrong(
          `${parameter}=${value.slice(0, 30)} is fixed: every invoice would say so. Write ${parameter}=[${name}].`,
        ),
      ];
    }
    return NAMES.includes(value.slice(1, -1)) ? [wrong(`${value} stands where [${name}] belongs.`)] : [];
  });
}

const WITHOUT: Partial<Record<Placeholder, string>> = {
  CURRENCY: "Without it a link in another currency can't be told early.",
  SHORTCODE: "Without it a firm with several organisations can't tell which one an invoice is from.",
};

function lastPlace(text: string): Finding[] {
  if (!text.includes("[INVOICENUMBER]") || /\[INVOICENUMBER\]$/.test(text)) return [];
  return [
    warn("[INVOICENUMBER] should stand last: a number with & or # in it would cut off what comes after."),
  ];
}

/** `/qsopus/#/company/quickfee/firm/demo/invoiceNo/[INVOICENUMBER]/amount/[AMOUNTDUE]`, with or without the `#/`. */
function oldShape(text: string, expected: PayPlace): Finding[] {
  const shape = /\/qsopus\/(?:#\/)?company\/([^/]+)\/firm\/([^/]+)\/invoiceNo\/([^/]*)\/amount\/([^/?#]*)$/i;
  const [, company, firm, number, amount] = shape.exec(text) ?? [];
  if (!company || !firm)
    return [wrong("This looks like the older link, but is not complete. Use the new one.")];
  const findings = [...otherPlace({ company, firm }, expected), ...placeholders(text)];
  if (findings.length > 0) return findings;
  if (number !== "[INVOICENUMBER]") findings.push(wrong("After invoiceNo/ it must read [INVOICENUMBER]."));
  if (amount !== "[AMOUNTDUE]") findings.push(wrong("After amount/ it must read [AMOUNTDUE]."));
  return findings;
}

/** By hand: what stands in brackets may hold characters that a parser would turn into others. */
function queryOf(text: string): Map<string, string> {
  const query = text.slice(text.indexOf("?") + 1);
  if (!text.includes("?")) return new Map();
  return new Map(
    query.split("&").map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      return [name, rest.join("=")];
    }),
  );
}

/** The placeholder that was meant: case, spaces and one or two letters apart. */
function nearest(name: string): string | undefined {
  const plain = name.toUpperCase().replace(/[^A-Z]/g, "");
  return NAMES.find((known) => distance(plain, known) <= 2);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const wrong = (text: string): Finding => ({ tone: "wrong", text });
const warn = (text: string): Finding => ({ tone: "warn", text });
const order = ({ tone }: Finding) => ["wrong", "warn", "ok"].indexOf(tone);
