import { z } from "zod";

/** What Xero writes into an access token. `issuedAt` is by Xero's own clock. */
export type AccessClaims = { xeroUserId: string; authEventId: string; scopes: string[]; issuedAt: Date };

const shape = z.object({
  xero_userid: z.string().min(1),
  authentication_event_id: z.string().min(1),
  scope: z.array(z.string()),
  nbf: z.number(),
});

const scopesShape = shape.pick({ scope: true });

/** What an access token may, a custom connection's too, which tells of no user. */
export function scopesIn(accessToken: string): string[] {
  return scopesShape.parse(payloadOf(accessToken)).scope;
}

/** Reads, and proves nothing: the token came straight from Xero's token endpoint over TLS, and only there is it trusted. */
export function readAccessClaims(accessToken: string): AccessClaims {
  const claims = shape.parse(payloadOf(accessToken));
  return {
    xeroUserId: claims.xero_userid,
    authEventId: claims.authentication_event_id,
    scopes: claims.scope,
    issuedAt: new Date(claims.nbf * 1_000),
  };
}

function payloadOf(accessToken: string): unknown {
  const [, payload = ""] = accessToken.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
}
