import { createPublicKey, sign, verify } from "node:crypto";
import type { World } from "../../core/types.ts";
import { signingKey } from "./keys.ts";

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** Synchronous on purpose: a token is made inside the transaction that records it. */
export function signJwt(world: World, claims: object, type: "JWT" | "at+jwt" = "JWT"): string {
  const { kid, privatePem } = signingKey(world);
  const signed = `${encode({ alg: "RS256", kid, typ: type })}.${encode(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privatePem).toString("base64url")}`;
}

/** The claims of a token this issuer signed, whatever its age; undefined for anything else. */
export function readJwt(world: World, token: string): Record<string, unknown> | undefined {
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const publicKey = createPublicKey(signingKey(world).privatePem);
  const bytes = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", bytes, publicKey, Buffer.from(signature, "base64url"))) return undefined;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
}
