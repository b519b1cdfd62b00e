import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { type Company, newCompany } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { booksRead, DEMO_APP, ORGANISATION, type Place, signIn, type XeroApp } from "./support/staff.ts";

const SCOPES = [
  "accounting.settings.read",
  "accounting.contacts",
  "accounting.invoices",
  "accounting.attachments",
  "accounting.payments",
  "accounting.banktransactions",
];

/** A custom connection at Xero, of Lakeview's organisation, with these scopes ticked. */
async function atXero(ground: Ground, scopes: string[]): Promise<XeroApp> {
  const app = {
    clientId: randomBytes(16).toString("hex").toUpperCase(),
    clientSecret: `secret-${randomBytes(12).toString("hex")}`,
  };
  const { tenantId } = await ground.simulator.organisation("lakeview");
  await ground.simulator.control("PUT", `/control/apps/${app.clientId}`, {
    name: "Lakeview's own",
    kind: "custom",
    secret: app.clientSecret,
    custom: { tenantId, scopes },
  });
  return app;
}

/** Fills the section of custom connections and presses its button. */
async function send(page: Page, place: Place, app: XeroApp): Promise<void> {
  await page.goto(`/firms/${place}/settings/xero`);
  await arrive(page, "Xero app");
  const section = page.locator("#custom");
  await section.locator("summary").click();
  await section.getByLabel("Client id").fill(app.clientId);
  await section.getByLabel("Client secret").fill(app.clientSecret);
  await section.getByRole("button", { name: "Test, save and connect" }).click();
}

async function start(page: Page, ground: Ground): Promise<Company> {
  const company = await newCompany(ground);
  await signIn(page, company.staff);
  return company;
}

test("G1: both kinds are offered with what each needs; a custom connection is saved and connected by one button", async ({
  page,
  ground,
}) => {
  const { place } = await start(page, ground);
  const app = await atXero(ground, SCOPES);
  await page.goto(`/firms/${place}/settings/xero`);
  await arrive(page, "Xero app");
  await expect(page.locator("#own-app")).toContainText("someone who may use each of them consents at Xero");
  await expect(page.locator("#custom")).toContainText("Australia, New Zealand, the UK or the US");
  await expect(page.locator("#custom")).toContainText("The organisation pays Xero for it");

  await send(page, place, app);
  await expect(page.getByText(`Saved, and ${ORGANISATION.lakeview} is connected.`)).toBeVisible();
  await page.reload();
  await arrive(page, "Xero app");
  await expect(page.locator("#custom")).toContainText(`Connected to ${ORGANISATION.lakeview}`);
  await expect(page.locator("#custom").getByLabel("Client secret")).toHaveValue("");
  expect(await page.content()).not.toContain(app.clientSecret);

  await page.goto(`/firms/${place}/connections`);
  await arrive(page, "Connections");
  const main = page.getByRole("main");
  for (const fact of [ORGANISATION.lakeview, "Connected", "Custom connection", "Renews by itself"])
    await expect(main).toContainText(fact);
  await expect(page.getByRole("button", { name: "Reconnect" })).toHaveCount(0);
  await booksRead(ground, "lakeview");

  await page.locator("summary", { hasText: "Disconnect" }).click();
  await page.getByRole("button", { name: `Disconnect ${ORGANISATION.lakeview}` }).click();
  await expect(
    page.getByText("The custom connection is ended here, and its secret forgotten."),
  ).toBeVisible();
  const held =
    "select 1 from xero_apps a left join grants g on g.app_id = a.id where a.client_id = $1 and (a.sealed_client_secret is not null or g.sealed_tokens is not null)";
  expect(await ground.query(held, [app.clientId])).toEqual([]);
});

test("G2: a wrong secret, a web app's client id and a scope that was not ticked are each told at their field", async ({
  page,
  ground,
}) => {
  const { place, firmId } = await start(page, ground);
  const app = await atXero(ground, SCOPES.slice(0, 3));
  const at = (name: string) => page.locator("#custom").locator(`#custom-${name}-error`);
  await send(page, place, { ...app, clientSecret: "wrong" });
  await expect(at("clientSecret")).toContainText(
    "doesn't take this secret with this client id (invalid_client)",
  );
  await send(page, place, DEMO_APP);
  await expect(at("clientId")).toContainText("it is of a web app");
  await send(page, place, app);
  await expect(at("scopes")).toContainText(
    "doesn't have accounting.attachments, accounting.payments, accounting.banktransactions (invalid_scope)",
  );
  expect(await ground.query("select 1 from xero_apps where firm_id = $1", [firmId])).toEqual([]);
});

test("G1: a secret that was changed at Xero leads to the app's settings, where saving the current one heals", async ({
  page,
  ground,
}) => {
  const { place } = await start(page, ground);
  const app = await atXero(ground, SCOPES);
  await send(page, place, app);
  await expect(page.getByText(`Saved, and ${ORGANISATION.lakeview} is connected.`)).toBeVisible();
  await booksRead(ground, "lakeview");
  const clientSecret = `secret-${randomBytes(12).toString("hex")}`;
  await ground.simulator.control("PUT", `/control/apps/${app.clientId}`, { secret: clientSecret });
  await ground.simulator.control("POST", "/control/identity/expire-access-tokens", {
    clientId: app.clientId,
  });
  await page.goto(`/firms/${place}/settings/payment-link`);
  await expect(page.getByText("The accounts could not be read.")).toBeVisible();
  await page.goto(`/firms/${place}/connections`);
  await arrive(page, "Connections");
  await expect(page.getByText("The Xero app needs its new secret")).toBeVisible();
  await page.getByRole("link", { name: "Open the app's settings" }).click();
  await send(page, place, { ...app, clientSecret });
  await expect(page.getByText(`Saved. ${ORGANISATION.lakeview} is connected through it.`)).toBeVisible();
  await page.goto(`/firms/${place}/connections`);
  await expect(page.getByText("Payments are written to", { exact: false })).toBeVisible();
});
