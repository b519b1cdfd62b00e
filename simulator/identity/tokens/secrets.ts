import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Secrets and tokens rest as hashes, so the database and the journal never hold one in full. */
export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

export const randomToken = (bytes = 32) => randomBytes(bytes).toString("base64url");

export const randomHex = (bytes = 16) => randomBytes(bytes).toString("hex");

export function sameSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret), "hex"), Buffer.from(hash, "hex"));
}
