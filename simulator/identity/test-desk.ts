/** The demo app as a real relying party: openid-client 6 with PKCE, state and nonce. For tests. */
import * as oidc from "openid-client";
import { consent } from "./test-browser.ts";

export const clientId = "5BC0UNTERF01LDEM0000000000000001";
export const clientSecret = "sim-secret-demo";
export const redirectUri = "http://localhost:3000/api/xero/callback";
export const scope =
  "openid profile email offline_access accounting.settings.read accounting.invoices accounting.payments";

export function discover(url: string, secret = clientSecret): Promise<oidc.Configuration> {
  return oidc.discovery(new URL(url), clientId, secret, undefined, { execute: [oidc.allowInsecureRequests] });
}

/** One whole consent. Returns the tokens and what it needed to get them. */
export async function connectAs(
  config: oidc.Configuration,
  userId: string,
  tenantIds: string[],
  asked: { scope?: string; acr_values?: string } = {},
) {
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...asked,
  });
  const callback = await consent(url, userId, tenantIds);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks);
  return { tokens, callback, verifier };
}

export async function connections(url: string, accessToken: string, authEventId = "") {
  const address = `${url}/connections${authEventId && `?authEventId=${authEventId}`}`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, body: await response.json() };
}
