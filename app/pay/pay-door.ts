import "server-only";
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { ACCESS_COOKIE, readAccess } from "#lib/checkout/code/access.ts";
import { linkFromSearch } from "#lib/checkout/links/link-rules.ts";
import type { LinkQuestion } from "#lib/checkout/links/open-link.ts";
import { env } from "#lib/core/env.ts";
import { hashOf } from "#lib/core/ids.ts";
import { bucketOf, clientAddress } from "#lib/core/web/client-address.ts";

/** The firm in a pay page's address, as it stands there: a slug has no letter that an address would encode. */
export type PayParams = { company: string; firm: string };

const OWN_COOKIE = "cf_checkouts";
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Path of a firm's pay pages, without a trailing slash. */
export function payPath({ company, firm }: PayParams): string {
  return `/pay/${encodeURIComponent(company)}/${encodeURIComponent(firm)}`;
}

/** The question that a request to a pay page asks: the link that came with it, and what its browser may know. */
export async function linkQuestion(params: PayParams, link: string): Promise<LinkQuestion> {
  const jar = await cookies();
  const address = clientAddress(await headers());
  return {
    companySlug: params.company,
    firmSlug: params.firm,
    link: linkFromSearch(link),
    access: readAccess(jar.get(ACCESS_COOKIE)?.value, Date.now()),
    caller: address === null ? null : bucketOf(address),
    ownTokenHashes: await ownTokenHashes(),
  };
}

/**
 * The link in a pay page's address, as it stands there: each form of the page sends it back in a hidden field. `said` is
 * what forms of ours put in front of it under these names: `?error=none&amount=…`.
 */
export async function linkInAddress<N extends string>(
  ...own: N[]
): Promise<{ link: string; said: Partial<Record<N, string>> }> {
  let [, link = ""] = /\?(.*)$/.exec((await headers()).get("x-counterfoil-path") ?? "") ?? [];
  const said: Partial<Record<N, string>> = {};
  for (const name of own) {
    const [before, value] = new RegExp(`^${name}=([^&]*)(?:&|$)`).exec(link) ?? [];
    if (before === undefined) continue;
    said[name] = value;
    link = link.slice(before.length);
  }
  return { link, said };
}

/** Which address a code goes to, in a form. */
export const codeKeyField = z.string().regex(/^[\w-]{22}$/);

/** The link in a form. */
export const linkField = z
  .string()
  .max(4_000)
  .regex(/^[\x21\x22\x24-\x7e]*$/);

export async function ownTokenHashes(): Promise<string[]> {
  return (await ownTokens()).map(hashOf);
}

async function ownTokens(): Promise<string[]> {
  const tokens = ((await cookies()).get(OWN_COOKIE)?.value ?? "").split(".");
  return tokens.filter((one) => token.safeParse(one).success);
}

/** Remembers in this browser that a checkout is its own. */
export async function keepOwn(added: string): Promise<void> {
  const kept = [...(await ownTokens()), added].slice(-6);
  (await cookies()).set(OWN_COOKIE, kept.join("."), cookieOptions(24 * 3_600));
}

export async function keepAccess(sealed: string, seconds: number): Promise<void> {
  (await cookies()).set(ACCESS_COOKIE, sealed, cookieOptions(seconds));
}

function cookieOptions(maxAge: number) {
  return {
    httpOnly: true,
    sameSite: "lax",
    path: "/pay",
    secure: env().PUBLIC_ORIGIN.startsWith("https:"),
    maxAge,
  } as const;
}
