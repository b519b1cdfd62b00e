import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../start.ts";
import { organisationOf } from "../xero/organisations.ts";
import { organisations } from "../xero/store/books.ts";
import { seedIdentity } from "./seed.ts";
import { listTenants } from "./tenants.ts";
import { Browser, consent, people } from "./test-browser.ts";
import { clientId, clientSecret, connectAs, connections, discover, redirectUri, scope } from "./test-desk.ts";

const dataDir = mkdtempSync(join(tmpdir(), "identity-"));
let simulator: Simulator;
let config: oidc.Configuration;
let tenants: { au: string; gb: string; us: string; practice: string };

beforeAll(async () => {
  simulator = await startSimulator({ dataDir });
  const owned = (userId: string, type: string) =>
    listTenants(simulator.world).find(
      (tenant) => tenant.tenantType === type && tenant.ownerUserIds.includes(userId),
    )?.tenantId ?? "";
  tenants = {
    au: owned(people.dana, "ORGANISATION"),
    gb: owned(people.harriet, "ORGANISATION"),
    us: owned(people.lee, "ORGANISATION"),
    practice: owned(people.dana, "PRACTICE"),
  };
});
afterAll(() => simulator.close());
beforeEach(async () => {
  simulator.world.clock.advance((Date.now() - simulator.world.clock.now()) / 1000);
  seedIdentity(simulator.world);
  config = await discover(simulator.url);
});

const minutes = (count: number) => simulator.world.clock.advance(count * 60);
const refresh = (token: string | undefined) => oidc.refreshTokenGrant(config, token ?? "");
const error = (code: string) => expect.objectContaining({ error: code, status: 400 });

async function tokenCall(fields: Record<string, string>, secret = clientSecret) {
  const response = await fetch(`${simulator.url}/connect/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: await response.json() };
}

const control = (method: string, path: string, body: object) =>
  fetch(`${simulator.url}/control/${path}`, { method, body: JSON.stringify(body) }).then((answer) =>
    answer.json(),
  );

describe("consent", () => {
  test("a desk with PKCE, state and nonce gets its tokens", async () => {
    const { tokens, callback } = await connectAs(config, people.dana, [tenants.au]);
    expect([...callback.searchParams.keys()]).toEqual(["code", "scope", "session_state", "state"]);
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 1800, scope });
    expect(tokens.claims()).toMatchObject({ aud: clientId, email: "dana@demo-accountants.example" });
    expect(tokens.claims()).not.toHaveProperty("authentication_event_id");
  });

  test("the access token verifies against the key set and carries Xero's claims", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au]);
    const keys = createRemoteJWKSet(new URL(`${simulator.url}/.well-known/openid-configuration/jwks`));
    const { payload } = await jwtVerify(tokens.access_token, keys, { issuer: simulator.url });
    expect(payload).toMatchObject({ client_id: clientId, xero_userid: people.dana, scope: scope.split(" ") });
    expect(payload.authentication_event_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("Cancel comes back with access_denied and the state", async () => {
    const url = oidc.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope, state: "s 1" });
    const callback = await consent(url, people.dana, [], "cancel");
    expect(callback.search).toBe("?error=access_denied&state=s%201");
  });

  test.each([
    ["an unknown client", { client_id: "nobody" }, "Unknown client or client not enabled"],
    ["a redirect that is not registered", { redirect_uri: `${redirectUri}/` }, "Invalid redirect_uri"],
    ["a broad scope on a new app", { scope: "openid accounting.transactions" }, "Invalid scope for client"],
    ["the restricted scope", { scope: "openid paymentservices" }, "Invalid scope for client"],
    ["a plain challenge", { code_challenge: "x", code_challenge_method: "plain" }, "Transform algorithm"],
  ])("%s gets an error page and no redirect", async (_, wrong, text) => {
    const url = oidc.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope, ...wrong });
    const response = await new Browser().get(url.href);
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain(text);
  });

  test("the pages refuse framing and escape what they are given", async () => {
    await control("PUT", `apps/${clientId}`, { name: "<script>alert(1)</script>" });
    const url = oidc.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope });
    const response = await new Browser().get(url.href);
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(await response.text()).not.toContain("<script>alert");
  });

  test("bulk_connect:false takes one organisation at most, and nobody connects another's", async () => {
    const single = { acr_values: "bulk_connect:false" };
    await expect(connectAs(config, people.ada, [tenants.au, tenants.gb], single)).rejects.toThrow(
      "Choose one organisation only",
    );
    await expect(connectAs(config, people.harriet, [tenants.au])).rejects.toThrow("Choose an organisation");
  });

  test("an app whose connections are used up is told so by Xero, and may still renew those it has", async () => {
    await connectAs(config, people.ada, [tenants.au]);
    await control("PUT", `apps/${clientId}`, { flags: { connectionLimit: 1 } });
    await expect(connectAs(config, people.ada, [tenants.gb])).rejects.toThrow(
      "has reached their Xero connection limit",
    );
    const { tokens } = await connectAs(config, people.ada, [tenants.au]);
    expect(tokens.access_token).toBeTruthy();
    await control("PUT", `apps/${clientId}`, { flags: { connectionLimit: null } });
  });

  test("an app from before March 2026 may still use the broad scopes", async () => {
    await control("PUT", `apps/${clientId}`, { flags: { createdBefore2026March: true } });
    const { tokens } = await connectAs(config, people.dana, [tenants.au], {
      scope: "openid accounting.transactions",
    });
    expect(tokens.scope).toBe("openid accounting.transactions");
    expect(tokens.refresh_token).toBeUndefined();
  });
});

describe("tokens", () => {
  test("a flow that did not ask for openid gets no id_token, whatever its user allowed before", async () => {
    expect((await connectAs(config, people.ada, [tenants.au])).tokens.id_token).toBeTruthy();
    const url = oidc.buildAuthorizationUrl(config, {
      ...{ redirect_uri: redirectUri, scope: "offline_access accounting.settings.read" },
    });
    const code = (await consent(url, people.ada, [tenants.au])).searchParams.get("code") ?? "";
    const { status, body } = await tokenCall({
      ...{ grant_type: "authorization_code", code, redirect_uri: redirectUri },
    });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("id_token");
  });

  test("a code works once, for five minutes, with its own verifier and redirect", async () => {
    const { callback, verifier } = await connectAs(config, people.dana, [tenants.au]);
    const again = {
      grant_type: "authorization_code",
      code: callback.searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
    };
    expect(await tokenCall(again)).toEqual({ status: 400, body: { error: "invalid_grant" } });

    const url = oidc.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope });
    const fresh = async () => (await consent(url, people.dana, [tenants.au])).searchParams.get("code") ?? "";
    const call = async (more: Record<string, string>) =>
      (await tokenCall({ ...again, code_verifier: "", code: await fresh(), ...more })).body.error;
    expect(await call({})).toBeUndefined();
    expect(await call({ redirect_uri: "https://elsewhere.example" })).toBe("invalid_grant");
    expect(await call({ code_verifier: "not-sent-before" })).toBe("invalid_grant");
    const late = await fresh();
    minutes(6);
    expect((await tokenCall({ ...again, code_verifier: "", code: late })).body.error).toBe("invalid_grant");
  });

  test("a code with a challenge needs its own verifier", async () => {
    const code_challenge = await oidc.calculatePKCECodeChallenge("v".repeat(43));
    const call = async (code_verifier: string) => {
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        code_challenge,
        code_challenge_method: "S256",
      });
      const code = (await consent(url, people.dana, [tenants.au])).searchParams.get("code") ?? "";
      const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier };
      return (await tokenCall(grant)).body.error;
    };
    expect(await call("w".repeat(43))).toBe("invalid_grant");
    expect(await call("")).toBe("invalid_grant");
    expect(await call("v".repeat(43))).toBeUndefined();
  });

  test("the endpoint's errors are bare", async () => {
    expect(await tokenCall({ grant_type: "refresh_token" }, "wrong")).toEqual({
      status: 400,
      body: { error: "invalid_client" },
    });
    expect((await tokenCall({ grant_type: "passwords" })).body).toEqual({ error: "unsupported_grant_type" });
    expect((await tokenCall({ grant_type: "client_credentials", scopes: "x" })).body).toEqual({
      error: "unauthorized_client",
    });
  });

  test("a refresh rotates; the previous token is heard for 30 minutes, older ones never", async () => {
    const { tokens: first } = await connectAs(config, people.dana, [tenants.au]);
    const lost = await refresh(first.refresh_token);
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(lost.refresh_token);
    await expect(refresh(lost.refresh_token)).rejects.toEqual(error("invalid_grant"));

    minutes(29);
    const third = await refresh(first.refresh_token);
    minutes(2);
    await expect(refresh(first.refresh_token)).rejects.toEqual(error("invalid_grant"));
    const fourth = await refresh(third.refresh_token);
    await refresh(fourth.refresh_token);
    await expect(refresh(third.refresh_token)).rejects.toEqual(error("invalid_grant"));
  });

  test("a refresh token not used for 60 days is gone", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au]);
    minutes(59 * 1440);
    const kept = await refresh(tokens.refresh_token);
    minutes(61 * 1440);
    await expect(refresh(kept.refresh_token)).rejects.toEqual(error("invalid_grant"));
  });

  test("one user and one app share one family: a second consent rotates the first one's token", async () => {
    const { tokens: first } = await connectAs(config, people.ada, [tenants.au]);
    const { tokens: second } = await connectAs(config, people.ada, [tenants.gb]);
    minutes(31);
    await expect(refresh(first.refresh_token)).rejects.toEqual(error("invalid_grant"));
    const { access_token } = await refresh(second.refresh_token);
    expect((await connections(simulator.url, access_token)).body).toHaveLength(2);
    const { families } = await (await fetch(`${simulator.url}/control/identity/grants`)).json();
    expect(families).toHaveLength(1);
  });

  test("revocation ends the tokens and every connection of that user", async () => {
    const { tokens } = await connectAs(config, people.ada, [tenants.au, tenants.gb]);
    await connectAs(config, people.dana, [tenants.au]);
    await oidc.tokenRevocation(config, tokens.refresh_token ?? "");
    await expect(refresh(tokens.refresh_token)).rejects.toEqual(error("invalid_grant"));
    expect((await connections(simulator.url, tokens.access_token)).body).toEqual([]);
    const { families } = await (await fetch(`${simulator.url}/control/identity/grants`)).json();
    expect(families.map((family: { connections: [] }) => family.connections.length)).toEqual([0, 1]);
  });

  describe("a custom connection", () => {
    const scopes = ["accounting.invoices", "accounting.settings.read"];
    const call = async (more: Record<string, string>) => {
      const answer = await fetch(`${simulator.url}/connect/token`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa("CUSTOM1:s")}` },
        body: new URLSearchParams({ grant_type: "client_credentials", ...more }),
      });
      return answer.json();
    };
    beforeEach(async () => {
      const custom = { tenantId: tenants.au, scopes };
      await control("PUT", "apps/CUSTOM1", { kind: "custom", secret: "s", custom });
    });

    test("gets an access token alone, for 30 minutes, and only with its own scopes", async () => {
      const answer = await call({ scope: "accounting.invoices" });
      expect(answer).toEqual({
        access_token: expect.any(String),
        expires_in: 1800,
        token_type: "Bearer",
        scope: "accounting.invoices",
      });
      expect(decodeJwt(answer.access_token)).not.toHaveProperty("xero_userid");
      expect(await call({ scope: "accounting.contacts" })).toEqual({ error: "invalid_scope" });
      expect(await call({})).toMatchObject({ scope: scopes.join(" ") });
      expect(await call({ scopes: "whatever" })).toMatchObject({ scope: scopes.join(" ") });
    });

    test("sees its one organisation, and names it or not in a call", async () => {
      const { access_token } = await call({});
      const listed = await connections(simulator.url, access_token);
      expect(listed.body).toEqual([expect.objectContaining({ tenantId: tenants.au })]);
      for (const tenant of [{}, { "xero-tenant-id": tenants.au }]) {
        const headers = { authorization: `Bearer ${access_token}`, accept: "application/json", ...tenant };
        const answer = await fetch(`${simulator.url}/api.xro/2.0/Organisation`, { headers });
        expect((await answer.json()).Organisations[0].OrganisationID).toBe(tenants.au);
      }
      const elsewhere = { authorization: `Bearer ${access_token}`, "xero-tenant-id": tenants.gb };
      expect((await fetch(`${simulator.url}/api.xro/2.0/Organisation`, { headers: elsewhere })).status).toBe(
        403,
      );
    });

    test("gets nothing more once its organisation has disconnected it, until that authorises it again", async () => {
      const { access_token } = await call({});
      await control("POST", "identity/disconnect", { tenantId: tenants.au, clientId: "CUSTOM1" });
      expect(await call({})).toEqual({ error: "unauthorized_client" });
      expect((await connections(simulator.url, access_token)).body).toEqual([]);
      await control("PUT", "apps/CUSTOM1", { secret: "s2" });
      await control("PUT", "apps/CUSTOM1", { secret: "s" });
      expect(await call({})).toEqual({ error: "unauthorized_client" });
      await control("PUT", "apps/CUSTOM1", { custom: { tenantId: tenants.au, scopes } });
      expect(await call({})).toMatchObject({ token_type: "Bearer" });
    });

    test("is for organisations of four countries, and for the scopes of books", async () => {
      const put = (custom: object, kind = "custom") => control("PUT", "apps/CUSTOM2", { kind, custom });
      const home = organisationOf({ world: simulator.world, tenantId: tenants.gb });
      if (!home) throw new Error("no organisation");
      const scope = { world: simulator.world, tenantId: tenants.gb };
      organisations.put(scope, { ...home, country: "SG" as "GB" });
      expect(await put({ tenantId: tenants.gb, scopes })).toEqual({
        error: expect.stringContaining("elsewhere"),
      });
      organisations.put(scope, home);
      expect(await put({ tenantId: tenants.gb, scopes })).toMatchObject({ kind: "custom" });
      for (const refused of ["offline_access", "accounting.transactions", "accounting.journals.read"])
        expect(await put({ tenantId: tenants.gb, scopes: [refused] })).toHaveProperty("error");
      expect(await put({ tenantId: "nowhere", scopes })).toHaveProperty("error");
      expect(await put({ tenantId: tenants.gb, scopes }, "web")).toHaveProperty("error");
    });

    test("asks nobody for consent, and a web app gets no token of its own", async () => {
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        client_id: "CUSTOM1",
      });
      expect((await new Browser().get(url.href)).status).not.toBe(302);
      const { body } = await tokenCall({ grant_type: "client_credentials", scope: "accounting.invoices" });
      expect(body).toEqual({ error: "unauthorized_client" });
    });

    test("stands in the demo's seed, ready to be used and not yet in use", async () => {
      const answer = await fetch(`${simulator.url}/connect/token`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa("5BC0UNTERF01LCU5T0M0000000000001:sim-secret-custom")}` },
        body: new URLSearchParams({ grant_type: "client_credentials" }),
      });
      const { access_token } = await answer.json();
      const listed = await connections(simulator.url, access_token);
      expect(listed.body).toEqual([expect.objectContaining({ tenantId: tenants.us })]);
    });
  });

  test("an app acting for itself sees the connections of all its users", async () => {
    await connectAs(config, people.dana, [tenants.au]);
    await connectAs(config, people.harriet, [tenants.gb]);
    const { body } = await tokenCall({ grant_type: "client_credentials", scope: "app.connections" });
    expect((await connections(simulator.url, body.access_token)).body).toHaveLength(2);
  });

  test("a restart forgets nothing", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au]);
    await simulator.close();
    simulator = await startSimulator({ dataDir });
    expect((await connections(simulator.url, tokens.access_token)).body).toHaveLength(1);
    const refreshed = await tokenCall({
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token ?? "",
    });
    expect(refreshed.status).toBe(200);
  });
});

describe("connections", () => {
  test("dates have seven decimals and no Z, and practices are listed too", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au, tenants.practice]);
    const { body } = await connections(simulator.url, tokens.access_token);
    expect(body.map((row: { tenantType: string }) => row.tenantType)).toEqual(["ORGANISATION", "PRACTICE"]);
    expect(body[0].createdDateUtc).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/);
  });

  test("a second consent keeps the first authEventId and moves updatedDateUtc", async () => {
    const { tokens: first } = await connectAs(config, people.dana, [tenants.au]);
    const [before] = (await connections(simulator.url, first.access_token)).body;
    minutes(1);
    const { tokens: second } = await connectAs(config, people.dana, [tenants.au]);
    const event = String(decodeJwt(second.access_token).authentication_event_id);
    expect((await connections(simulator.url, second.access_token, event)).body).toEqual([]);
    const [after] = (await connections(simulator.url, second.access_token)).body;
    expect(after).toEqual({ ...before, updatedDateUtc: after.updatedDateUtc });
    expect(after.updatedDateUtc > before.updatedDateUtc).toBe(true);
  });

  test("a connection is deleted once", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au]);
    const [row] = (await connections(simulator.url, tokens.access_token)).body;
    const remove = () =>
      fetch(`${simulator.url}/connections/${row.id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  test("an expired or foreign token gets the gateway's 401", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au]);
    await control("POST", "identity/expire-access-tokens", { clientId });
    const expired = await connections(simulator.url, tokens.access_token);
    expect(expired).toMatchObject({ status: 401, body: { Title: "Unauthorized", Status: 401 } });
    expect(expired.body.Detail).toMatch(/^TokenExpired: token expired at \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
    expect((await connections(simulator.url, "eyJ.eyJ.sig")).status).toBe(401);
  });

  test("someone disconnects the app inside Xero", async () => {
    const { tokens } = await connectAs(config, people.dana, [tenants.au]);
    expect(await control("POST", "identity/disconnect", { tenantId: tenants.au })).toEqual({ removed: 1 });
    expect((await connections(simulator.url, tokens.access_token)).body).toEqual([]);
    await refresh(tokens.refresh_token);
  });
});
