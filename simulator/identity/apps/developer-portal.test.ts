import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Simulator, startSimulator } from "../../start.ts";
import { Browser } from "../test-browser.ts";
import { getApp } from "./apps.ts";

let simulator: Simulator;
let webhookReceiver: Server;
const browser = new Browser();

beforeAll(async () => {
  simulator = await startSimulator({ dataDir: mkdtempSync(join(tmpdir(), "developer-")) });
  webhookReceiver = createServer((_, res) => res.writeHead(200).end());
  await new Promise<void>((done) => webhookReceiver.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  webhookReceiver.close();
  await simulator.close();
});

const at = (path: string) => simulator.url + path;

async function createApp(name: string): Promise<string> {
  const { headers } = await browser.post(at("/developer/apps"), [
    ["name", name],
    ["kind", "web"],
  ]);
  return headers.get("location") ?? "";
}

const idOf = (address: string) => address.split("/").at(-1) ?? "";

test("a new app is made, gets its redirect URIs, and a secret that is shown once", async () => {
  const address = await createApp("Desk <b>two</b>");
  const secretPage = await (await browser.post(at(`${address}/secret`), [])).text();
  const secret = /id="secret">([^<]+)</.exec(secretPage)?.[1] ?? "";
  expect(secret.length).toBeGreaterThan(30);
  expect(await (await browser.get(at(address))).text()).not.toContain(secret);

  const uris = "https://desk.example/callback\nhttp://localhost:3000/callback";
  await browser.post(at(`${address}/redirect-uris`), [["redirectUris", uris]]);
  expect(getApp(simulator.world, idOf(address))?.redirectUris).toEqual(uris.split("\n"));
  const list = await (await browser.get(at("/developer"))).text();
  expect(list).toContain("Desk &#60;b&#62;two");
});

test.each([
  "http://127.0.0.1:3000/callback",
  "http://desk.example/callback",
  "https://*.desk.example/callback",
])("%s is no redirect URI", async (uri) => {
  const address = await createApp("Refused");
  const answer = await browser.post(at(`${address}/redirect-uris`), [["redirectUris", uri]]);
  expect(answer.status).toBe(400);
  expect(getApp(simulator.world, idOf(address))?.redirectUris).toEqual([]);
});

test("a webhook address is validated when it is saved; one that believes a wrong signature fails", async () => {
  const address = await createApp("Listener");
  const { port } = webhookReceiver.address() as AddressInfo;
  await browser.post(at(`${address}/webhook`), [
    ["webhookUrl", `http://127.0.0.1:${port}/hook`],
    ["webhookCategories", "INVOICE"],
  ]);
  const saved = () => getApp(simulator.world, idOf(address));
  expect(saved()?.webhookCategories).toEqual(["INVOICE"]);
  await vi.waitFor(() => expect(saved()?.webhookStatus).toBe("failed"), 10_000);
});

test("a custom connection is made for an organisation, with the scopes that were ticked", async () => {
  const tenantId = /<option value="([^"]+)">Harbour Books Ltd/.exec(
    await (await browser.get(at("/developer"))).text(),
  )?.[1];
  const { headers } = await browser.post(at("/developer/apps"), [
    ["name", "Own"],
    ["kind", "custom"],
    ["tenantId", tenantId ?? ""],
    ["scopes", "accounting.invoices.read"],
  ]);
  const address = headers.get("location") ?? "";
  const saved = () => getApp(simulator.world, idOf(address))?.custom;
  expect(saved()).toEqual({ tenantId, scopes: ["accounting.invoices.read"] });
  expect(await (await browser.get(at(address))).text()).toContain("Of Harbour Books Ltd");
  await browser.post(at(`${address}/custom`), [["scopes", "accounting.payments"]]);
  expect(saved()).toEqual({ tenantId, scopes: ["accounting.payments"] });
});
