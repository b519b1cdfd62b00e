import type { World } from "../../core/types.ts";
import { type App, getApp } from "../apps/apps.ts";
import { scopeAllowed, splitScopes } from "../scopes.ts";

/** A request this page may go on with; everything else is an error page, never a redirect. */
export type AuthorizeRequest = {
  app: App;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  challenge: string | null;
  /** acr_values=bulk_connect:false asks for one organisation at most. */
  severalOrganisations: boolean;
  /** As it came, so that the page's forms can bring it back. */
  query: string;
};

export type AuthorizeProblem = { error: string; detail: string };

export function readAuthorizeRequest(
  world: World,
  params: URLSearchParams,
): AuthorizeRequest | AuthorizeProblem {
  const app = getApp(world, params.get("client_id") ?? "");
  if (!app) return { error: "unauthorized_client", detail: "Unknown client or client not enabled" };
  if (app.kind === "custom") {
    return { error: "unauthorized_client", detail: "Invalid grant type for client" };
  }
  const redirectUri = params.get("redirect_uri") ?? "";
  if (!app.redirectUris.includes(redirectUri)) {
    return { error: "unauthorized_client", detail: "Invalid redirect_uri" };
  }
  if (params.get("response_type") !== "code") {
    return { error: "unsupported_response_type", detail: "Response type not supported" };
  }
  const scopes = splitScopes(params.get("scope") ?? "");
  if (scopes.length === 0) return { error: "invalid_scope", detail: "Missing scope" };
  const refused = scopes.find((scope) => !scopeAllowed(scope, app.flags));
  if (refused) return { error: "invalid_scope", detail: "Invalid scope for client" };

  const challenge = params.get("code_challenge");
  if (challenge !== null && params.get("code_challenge_method") !== "S256") {
    return { error: "invalid_request", detail: "Transform algorithm not supported" };
  }
  if (app.kind === "pkce" && !challenge) {
    return { error: "invalid_request", detail: "code challenge required" };
  }
  return {
    app,
    redirectUri,
    scopes,
    state: params.get("state"),
    nonce: params.get("nonce"),
    challenge,
    severalOrganisations: !(params.get("acr_values") ?? "").split(" ").includes("bulk_connect:false"),
    query: params.toString(),
  };
}
