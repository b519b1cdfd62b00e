import { createHash } from "node:crypto";
import type { World } from "../core/types.ts";
import type { App } from "./apps/apps.ts";
import { customTenant } from "./connections.ts";
import { splitScopes } from "./scopes.ts";
import { ACCESS_TOKEN_SECONDS, accessTokenForApp, accessTokenForUser } from "./tokens/access-tokens.ts";
import { redeemCode } from "./tokens/codes.ts";
import { type Family, joinFamily } from "./tokens/families.ts";
import { idToken } from "./tokens/id-token.ts";
import { nextRefreshToken, rotateRefreshToken } from "./tokens/refresh-tokens.ts";

export type GrantOutcome = { error?: string; [field: string]: unknown };

type Grant = (world: World, app: App, form: URLSearchParams) => GrantOutcome;

type Asked = { scopes: string[]; nonce: string | null };

function tokenSet(world: World, family: Family, refreshToken: string | undefined, { scopes, nonce }: Asked) {
  const accessToken = accessTokenForUser(world, family);
  return {
    id_token: scopes.includes("openid") ? idToken(world, family, accessToken, nonce) : undefined,
    access_token: accessToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    token_type: "Bearer",
    refresh_token: refreshToken,
    scope: family.scopes.join(" "),
  };
}

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

const authorizationCode: Grant = (world, app, form) => {
  const grant = redeemCode(world, form.get("code") ?? "");
  if (!grant) return { error: "invalid_grant" };
  if (grant.clientId !== app.clientId) return { error: "unauthorized_client" };
  const verifier = form.get("code_verifier") ?? "";
  const proven = grant.challenge ? challengeOf(verifier) === grant.challenge : verifier === "";
  if (!proven || grant.redirectUri !== form.get("redirect_uri")) return { error: "invalid_grant" };

  const family = joinFamily(world, grant);
  const offline = grant.scopes.includes("offline_access");
  const refreshToken = offline ? nextRefreshToken(world, family) : undefined;
  return tokenSet(world, family, refreshToken, grant);
};

const refresh: Grant = (world, app, form) => {
  const rotated = rotateRefreshToken(world, form.get("refresh_token") ?? "", app.clientId);
  if (!rotated) return { error: "invalid_grant" };
  return tokenSet(world, rotated.family, rotated.refreshToken, {
    scopes: rotated.family.scopes,
    nonce: null,
  });
};

/**
 * For custom connections that their organisation authorises; any web app may also ask for `app.connections`, which belongs
 * to no tenant. Without `scope` all that the app has; an unknown field such as `scopes` is passed over.
 */
const clientCredentials: Grant = (world, app, form) => {
  const asked = splitScopes(form.get("scope") ?? "");
  const forItself = app.kind === "web" && asked.length === 1 && asked[0] === "app.connections";
  if (!customTenant(world, app.clientId) && !forItself) return { error: "unauthorized_client" };
  const allowed = app.custom?.scopes ?? asked;
  const scopes = asked.length > 0 ? asked : allowed;
  if (scopes.some((scope) => !allowed.includes(scope))) return { error: "invalid_scope" };
  return {
    access_token: accessTokenForApp(world, app, scopes),
    expires_in: ACCESS_TOKEN_SECONDS,
    token_type: "Bearer",
    scope: scopes.join(" "),
  };
};

export const grants: Record<string, Grant> = {
  authorization_code: authorizationCode,
  refresh_token: refresh,
  client_credentials: clientCredentials,
};
