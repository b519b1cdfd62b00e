import { domainToASCII } from "node:url";
import { z } from "zod";

/** HTML's production of a valid e-mail address (html.spec.whatwg.org, "valid email address"): what mail servers take unquoted. */
const LOCAL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Letters of these alphabets look like Latin ones: no registry lets them stand beside Latin in one label. */
const LATIN = /\p{Script=Latin}/u;
const LIKE_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const LONGEST = 254;

/**
 * An e-mail address as a mail server is told it, or null when it is none that we take: the domain in lower case, and in
 * its ASCII form ("jo@bücher.example" → "jo@xn--bcher-kva.example"). NFKC first, so that a look-alike @ is seen for what
 * it is. Quoted names, addresses without a dot in the domain, and names beyond ASCII, which need servers with SMTPUTF8,
 * are not taken.
 */
export function emailAddress(typed: string): string | null {
  const [local = "", domain = "", ...more] = typed.normalize("NFKC").trim().split("@");
  if (more.length > 0 || !LOCAL.test(local)) return null;
  // The full stops of Chinese and Japanese keyboards are dots of a domain too (UTS 46).
  const ascii = asciiDomain(domain.toLowerCase().replace(/[\u3002\uff61]/g, "."));
  const email = `${local}@${ascii}`;
  return ascii !== null && email.length <= LONGEST ? email : null;
}

function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null;
  if (domain.split(".").some((label) => LATIN.test(label) && LIKE_LATIN.test(label))) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII from its first to its last
  const ascii = /^[\x00-\x7f]+$/.test(domain) ? domain : domainToASCII(domain);
  return DOMAIN.test(ascii) && !/\.\d+$/.test(ascii) ? ascii : null;
}

export const NOT_AN_EMAIL = "Type an e-mail address, like name@example.com.";

/** A form's field for an e-mail address, made what `emailAddress` says. */
export const emailField = z.string().transform((typed, context) => {
  const email = emailAddress(typed);
  if (email === null) context.addIssue({ code: "custom", message: NOT_AN_EMAIL });
  return email ?? z.NEVER;
});
