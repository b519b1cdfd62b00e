import { randomInt } from "node:crypto";
import { hashOf, newToken } from "#lib/core/ids.ts";

/** What a key may do, by its name in the API, in words for the owner who makes it. */
export const SCOPES = {
  read: "Read what the organisation offers: accounts, tax rates, items, tracking categories, currencies",
  "orders:write": "Send orders, and read what became of them",
} as const;
export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]];

/** What an order becomes in Xero: an invoice, or with "tracked" a purchase order beside it. */
export type OrderProcess = "untracked" | "tracked";

/** Live keys of one name: the one in use, and its successor while a system changes over. */
export const LIVE_OF_A_NAME = 2;

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

export type NewKey = {
  /** Shown once, never kept. */
  key: string;
  prefix: string;
  keyHash: string;
  lastFour: string;
};

/** `cfk_` and eight letters, which are no secret, then 256 random bits. */
export function newKey(): NewKey {
  const prefix = `cfk_${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;
  const key = `${prefix}_${newToken()}`;
  return { key, prefix, keyHash: hashOf(key), lastFour: key.slice(-4) };
}

/** The prefix of what may be a key; null for what is none by its shape. */
export function prefixOf(presented: string): string | null {
  return /^(cfk_[a-z2-9]{8})_[\w-]{43}$/.exec(presented)?.[1] ?? null;
}

/** The key of an Authorization header, `Bearer cfk_…`; null when it holds none. The scheme's case is free (RFC 9110, 11.1). */
export function bearerOf(header: string | null): string | null {
  return /^bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? null;
}
