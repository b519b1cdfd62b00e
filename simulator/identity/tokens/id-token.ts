import { createHash } from "node:crypto";
import type { World } from "../../core/types.ts";
import { fullName, getUser } from "../users.ts";
import type { Family } from "./families.ts";
import { signJwt } from "./jwt.ts";

const ID_TOKEN_SECONDS = 300;

/**
 * For a grant that asked for `openid`: what its user once allowed does not bring one to a flow that did not ask, where
 * clients take it for a fault (openid-client's `oauthCallback`). `authentication_event_id` is in the access token only, as at Xero. Its times
 * are real ones: the app checks them by its own clock, which no control here can move.
 */
export function idToken(
  world: World,
  family: Family,
  accessToken: string,
  nonce: string | null,
): string | undefined {
  const user = getUser(world, family.userId);
  if (!user || !family.scopes.includes("openid")) return undefined;
  const now = Math.floor(Date.now() / 1000);
  return signJwt(world, {
    nbf: now,
    exp: now + ID_TOKEN_SECONDS,
    iss: world.baseUrl,
    aud: family.clientId,
    ...(nonce ? { nonce } : {}),
    iat: now,
    at_hash: createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url"),
    sid: family.sessionId,
    sub: user.subject,
    auth_time: Math.floor(family.authTime / 1000),
    idp: "local",
    amr: ["pwd"],
    xero_userid: user.userId,
    global_session_id: family.sessionId,
    ...(family.scopes.includes("email") ? { email: user.email } : {}),
    ...(family.scopes.includes("profile")
      ? {
          preferred_username: user.email,
          given_name: user.givenName,
          family_name: user.familyName,
          name: fullName(user),
        }
      : {}),
  });
}
