import "server-only";
import * as oidc from "openid-client";
import { env } from "#lib/core/env.ts";
import { endpoints } from "../api/endpoints.ts";
import type { AppCredentials } from "../apps/apps.ts";
import type { NewTokens } from "../tokens/grants.ts";
import { type AccessClaims, readAccessClaims, scopesIn } from "./access-token-claims.ts";
import { identityFault } from "./identity-faults.ts";

const TIMEOUT_SECONDS = 10;

/** Servers' clocks differ; a token this far off is still believed. */
const CLOCK_TOLERANCE_SECONDS = 300;

/** Exactly this address must stand at developer.xero.com: from our configuration, never from a request. */
export function redirectUri(): string {
  return `${env().PUBLIC_ORIGIN}/api/xero/callback`;
}

export type Secrets = { state: string; verifier: string; nonce: string };

/** Where the browser goes to ask the person at Xero: one organisation a flow, PKCE, exactly these scopes. */
export async function authorizationUrl(
  app: { clientId: string; scopes: string },
  secrets: Secrets,
): Promise<URL> {
  return oidc.buildAuthorizationUrl(configuration({ clientId: app.clientId, clientSecret: "" }), {
    redirect_uri: redirectUri(),
    response_type: "code",
    scope: app.scopes,
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: "S256",
    acr_values: "bulk_connect:false",
  });
}

export type Consent = { tokens: NewTokens; claims: AccessClaims; email: string | null };

/**
 * Trades the code for tokens. The id token's signature, issuer, audience, nonce and times are checked against Xero's
 * published keys. Throws IdentityRefusal, or XeroFault when there was no answer.
 */
export async function exchangeCode(
  app: AppCredentials,
  answer: { code: string },
  { state, verifier, nonce }: Secrets,
): Promise<Consent> {
  const callback = new URL(redirectUri());
  callback.search = new URLSearchParams({ code: answer.code, state }).toString();
  try {
    const config = configuration(app);
    oidc.enableNonRepudiationChecks(config);
    const set = await oidc.authorizationCodeGrant(config, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const email = set.claims()?.email;
    return {
      tokens: kept(set),
      claims: readAccessClaims(set.access_token),
      email: typeof email === "string" ? email : null,
    };
  } catch (error) {
    throw identityFault(error);
  }
}

/** One call of the token endpoint; Xero gives a new pair. Throws IdentityRefusal, or XeroFault when there was no answer. */
export async function refreshTokens(app: AppCredentials, refreshToken: string): Promise<NewTokens> {
  try {
    return kept(await oidc.refreshTokenGrant(configuration(app, withoutIdToken), refreshToken));
  } catch (error) {
    throw identityFault(error);
  }
}

/**
 * A custom connection's token, with these scopes: no user, no refresh token. Throws IdentityRefusal (`invalid_client`;
 * `unauthorized_client` for another kind of app, or when the organisation withdrew it; `invalid_scope`), or XeroFault
 * when there was no answer.
 */
export async function ownTokens(app: AppCredentials, scopes: string): Promise<NewTokens> {
  try {
    const set = await oidc.clientCredentialsGrant(configuration(app), { scope: scopes });
    return {
      accessToken: set.access_token,
      refreshToken: null,
      expiresInSeconds: set.expires_in ?? 1_800,
      scopes: scopesIn(set.access_token).join(" "),
    };
  } catch (error) {
    throw identityFault(error);
  }
}

/**
 * Asks Xero whether it takes this client id with this secret, and changes nothing. A web app may not have tokens of its
 * own: for a right pair Xero says `unauthorized_client`, for a wrong one `invalid_client`. "own_tokens": the pair is
 * right, but of a custom connection. Throws XeroFault when there was no answer.
 */
export async function probeCredentials(app: AppCredentials): Promise<"right" | "wrong" | "own_tokens"> {
  try {
    await oidc.clientCredentialsGrant(configuration(app));
    return "own_tokens";
  } catch (error) {
    const fault = identityFault(error);
    if (!("code" in fault)) throw fault;
    return fault.code === "unauthorized_client" || fault.code === "invalid_scope" ? "right" : "wrong";
  }
}

function kept(set: oidc.TokenEndpointResponse): NewTokens {
  if (!set.refresh_token) throw new Error("no refresh token");
  return {
    accessToken: set.access_token,
    refreshToken: set.refresh_token,
    expiresInSeconds: set.expires_in ?? 1_800,
    scopes: readAccessClaims(set.access_token).scopes.join(" "),
  };
}

/** Built by hand: no discovery, which Xero's edge refuses when it comes often. */
function configuration(app: AppCredentials, fetcher: oidc.CustomFetch = plainFetch): oidc.Configuration {
  const at = endpoints();
  const server = {
    issuer: at.issuer,
    authorization_endpoint: at.authorize,
    token_endpoint: at.token,
    jwks_uri: at.jwks,
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
  const metadata = { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS, id_token_signed_response_alg: "RS256" };
  const config = new oidc.Configuration(server, app.clientId, metadata, basicAuth(app));
  config.timeout = TIMEOUT_SECONDS;
  config[oidc.customFetch] = fetcher;
  if (at.insecure) oidc.allowInsecureRequests(config);
  return config;
}

/** The plain form that Xero documents; RFC 6749's form-encoding would turn a secret's "-" and "_" into escapes. */
function basicAuth({ clientId, clientSecret }: AppCredentials): oidc.ClientAuth {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  return (_server, _client, _body, headers) => headers.set("authorization", `Basic ${credentials}`);
}

const plainFetch: oidc.CustomFetch = (url, options) =>
  fetch(url, {
    ...(options as RequestInit),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1_000),
  });

/** A refresh proves nobody's identity: its id token is left unread, so that no clock or key can spoil a refresh. */
const withoutIdToken: oidc.CustomFetch = async (url, options) => {
  const answer = await plainFetch(url, options);
  if (!answer.ok) return answer;
  const { id_token: _unread, ...body } = (await answer.json()) as Record<string, unknown>;
  return Response.json(body, { status: answer.status });
};
