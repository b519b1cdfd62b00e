import { json } from "../../core/reply.ts";
import type { Res, Route, World } from "../../core/types.ts";
import { publicJwk } from "./keys.ts";

const JWKS_PATH = "/.well-known/openid-configuration/jwks";

function configuration(world: World): Res {
  const at = (path: string) => world.baseUrl + path;
  return json({
    issuer: world.baseUrl,
    jwks_uri: at(JWKS_PATH),
    authorization_endpoint: at("/identity/connect/authorize"),
    token_endpoint: at("/connect/token"),
    userinfo_endpoint: at("/connect/userinfo"),
    revocation_endpoint: at("/connect/revocation"),
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    claims_supported: [
      "sub",
      "name",
      "given_name",
      "family_name",
      "preferred_username",
      "email",
      "xero_userid",
    ],
    grant_types_supported: ["authorization_code", "client_credentials", "refresh_token"],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    code_challenge_methods_supported: ["S256"],
  });
}

export const discoveryRoutes: Route[] = [
  {
    method: "GET",
    pattern: "/.well-known/openid-configuration",
    handler: (_, world) => configuration(world),
  },
  { method: "GET", pattern: JWKS_PATH, handler: (_, world) => json({ keys: [publicJwk(world)] }) },
];
