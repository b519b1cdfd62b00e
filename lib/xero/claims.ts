import { z } from "zod";

/** What Xero writes into an access token. `issuedAt` is by Xero's own clock. */
export type AccessClaims = { xeroUserId: string; authEventId: string; scopes: string[]; issuedAt: Date };

const shape = z.object({
  xero_userid: z.string().min(1),
  authentication_event_id: z.string().min(1),
  scope: z.array(z.string()),
  nbf: z.number(),
});

/** Reads, and proves nothing: the token came straight from Xero's token endpoint over TLS, and only there is it trusted. */
export function readAccessClaims(accessToken: string): AccessClaims {
  const [, payload = ""] = accessToken.split(".");
  const claims = shape.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return {
    xeroUserId: claims.xero_userid,
    authEventId: claims.authentication_event_id,
    scopes: claims.scope,
    issuedAt: new Date(claims.nbf * 1_000),
  };
}
