/** The official client, unmodified but for its addresses (xero-platform.md 6.4, recipe A), walks the OAuth half. */
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TokenSetParameters, XeroClient } from "xero-node";
import { type Simulator, startSimulator } from "../start.ts";
import { listTenants } from "./tenants.ts";
import { consent, people } from "./test-browser.ts";
import { clientId, clientSecret, redirectUri, scope } from "./test-desk.ts";

const fromXeroNode = createRequire(createRequire(import.meta.filename).resolve("xero-node"));
const axios = fromXeroNode("axios");
const { Issuer } = fromXeroNode("openid-client");

let simulator: Simulator;
let xero: XeroClient;

beforeAll(async () => {
  simulator = await startSimulator({ dataDir: mkdtempSync(join(tmpdir(), "xero-node-")) });
  xero = new XeroClient({
    clientId,
    clientSecret,
    redirectUris: [redirectUri],
    scopes: scope.split(" "),
    state: "s1",
  });
  const issuer = await Issuer.discover(simulator.url);
  xero.openIdClient = new issuer.Client({
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [redirectUri],
  });
  axios.interceptors.request.use((config: { url: string }) => {
    config.url = config.url.replace(/https:\/\/(api|identity)\.xero\.com/, simulator.url);
    return config;
  });
});
afterAll(() => simulator.close());

test("consent, callback, connections, both refreshes, disconnect and revoke", async () => {
  const tenantIds = listTenants(simulator.world)
    .filter(({ ownerUserIds }) => ownerUserIds.includes(people.ada))
    .map(({ tenantId }) => tenantId);
  const callback = await consent(await xero.buildConsentUrl(), people.ada, tenantIds);
  const tokens: TokenSetParameters = await xero.apiCallback(callback.href);
  expect(tokens).toMatchObject({ scope, token_type: "Bearer" });

  const connections = await xero.updateTenants(false);
  expect(connections.map(({ tenantId }) => tenantId).sort()).toEqual(tenantIds.sort());

  const refreshed = await xero.refreshToken();
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
  const again = await xero.refreshWithRefreshToken(clientId, clientSecret, refreshed.refresh_token);
  expect(again.refresh_token).not.toBe(refreshed.refresh_token);

  await xero.disconnect(connections[0].id);
  expect(await xero.updateTenants(false)).toHaveLength(tenantIds.length - 1);

  await xero.revokeToken();
  await expect(
    xero.refreshWithRefreshToken(clientId, clientSecret, again.refresh_token),
  ).rejects.toMatchObject({
    response: { status: 400, data: { error: "invalid_grant" } },
  });
});
