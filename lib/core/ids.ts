import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, base64url: for links, cookies and OAuth state. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256, hex: of a token what is kept, so that a dump of the table opens nothing. */
export function hashOf(token: string | Uint8Array): string {
  return createHash("sha256").update(token).digest("hex");
}

const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** What a reference of test money in real books ends with. */
export const TEST_MARK = "-TEST";

/** What a reference of ours looks like, as a regular expression of both JavaScript and PostgreSQL; people type "CF-1001" too. */
export const REFERENCE_SHAPE = `^CF-[${ALPHABET}]{10}(${TEST_MARK})?$`;

/**
 * A posting's short name in Xero's Reference, `CF-` and ten letters without 0/O or 1/I: 50 bits of a hash. Of the same
 * seed always the same, so that a restored database finds again what the lost one wrote.
 */
export function referenceOf(seed: string): string {
  const bytes = createHash("sha256").update(seed).digest().subarray(0, 10);
  return `CF-${Array.from(bytes, (byte) => ALPHABET[byte & 31]).join("")}`;
}

/** A reference that nothing else leads to. */
export function newReference(): string {
  return referenceOf(newToken());
}
