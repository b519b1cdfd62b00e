import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { day } from "./support/billing.ts";
import { type Company, expectNothingStored, newCompany, ready } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import {
  allowAccess,
  connectXero,
  goToConsent,
  ORGANISATION,
  sendCompanyApp,
  signIn,
  signInAtXero,
} from "./support/staff.ts";

test("R1: never connected, an old credential on file, and one to renew: each in its own words with one button", {
  tag: "@once",
}, async ({ page, ground }) => {
  const company = await newCompany(ground);
  const { place, app, companyId } = company;
  await signIn(page, company.broker, `/firms/${place}/connections`);
  await expect(page.getByText("No Xero app yet")).toBeVisible();
  await ground.query(
    "insert into xero_apps (company_id, kind, name, client_id, scopes) values ($1, 'oauth1', 'Old', 'OLDKEY', '')",
    [companyId],
  );
  await page.reload();
  await arrive(page, "Connections");
  await expect(page.getByText("An old credential is on file")).toBeVisible();
  await sendCompanyApp(page, place, app);
  await expect(page.getByText("Saved. Xero took")).toBeVisible();
  await connectXero(page, ground, place, "lakeview");

  const lost = async () => {
    await ground.simulator.control("POST", "/control/identity/revoke", {
      clientId: app.clientId,
      userId: "5eed0000-0000-4000-8000-000000000004",
    });
    await ground.simulator.control("POST", "/control/identity/expire-access-tokens", {
      clientId: app.clientId,
    });
    await page.goto(`/firms/${place}/settings/payment-link`);
    await expect(page.getByText("The accounts could not be read.")).toBeVisible();
    await page.goto(`/firms/${place}/connections`);
    await arrive(page, "Connections");
    await expect(page.getByText("Needs to be reconnected")).toBeVisible();
  };
  // A reading of the worker's between the two would hear 403, and tell it as an organisation that was disconnected.
  await (ground.without ? ground.without("worker", lost) : lost());
  await page.getByRole("button", { name: "Reconnect" }).click();
  await signInAtXero(page, "lakeview");
  await allowAccess(page, "lakeview");
  await expect(page.getByText("The connection is renewed.")).toBeVisible();
});

test("R2: Xero's answer to Connect is lost: nothing is half-saved, and the next Connect works", {
  tag: "@once",
}, async ({ page, ground }) => {
  const company = await ready(page, ground);
  await goToConsent(page, company.place, "lakeview");
  await ground.simulator.fault("/connect/token", { kind: "cut-after" }, { times: 1 });
  await allowAccess(page, "lakeview");
  await expect(page.getByText("Xero's answer did not arrive. Nothing was changed.")).toBeVisible();
  await expectNothingStored(ground, company);
  await connectXero(page, ground, company.place, "lakeview");
});

test("R2: the web process dies between Xero's new token and our save: the next call still works", {
  tag: "@once",
}, async ({ page, ground }) => {
  if (!ground.crash) return test.skip(true, "The processes of a given address can't be ended from here");
  const company = await ready(page, ground);
  await connectXero(page, ground, company.place, "lakeview");
  await refreshDue(ground, company);
  await page.goto("about:blank");
  void page.request.get(`/firms/${company.place}/settings/payment-link`).catch(() => {});
  await refreshAnswered(ground, company);
  await ground.crash("web");
  await expectStillConnected(page, company);
});

test("R2: the worker dies between Xero's new token and our save: the next call still works", {
  tag: "@once",
}, async ({ page, ground }) => {
  if (!ground.crash) return test.skip(true, "The processes of a given address can't be ended from here");
  const company = await ready(page, ground);
  const { place, app, companyId } = company;
  const webhookKey = "webhook-key-of-lakeview";
  await sendCompanyApp(page, place, { ...app, webhookKey });
  await expect(page.getByText("Saved. Xero took this client id with its secret.")).toBeVisible();
  const [saved] = await ground.query<{ id: string }>("select id from xero_apps where company_id = $1", [
    companyId,
  ]);
  const webhookUrl = `${ground.webUrl}/api/xero/webhook/${saved?.id}`;
  await ground.simulator.control("PUT", `/control/apps/${app.clientId}`, { webhookUrl, webhookKey });
  await connectXero(page, ground, place, "lakeview");
  await refreshDue(ground, company);
  await ground.simulator.inside("lakeview", "invoice", { invoice: "INV-4001", dueDate: day(20) });
  await refreshAnswered(ground, company);
  await ground.crash("worker");
  await expectStillConnected(page, company);
});

/** The next call must refresh, and Xero's answer to that will be on its way for long. */
async function refreshDue({ simulator, query }: Ground, { app }: Company): Promise<void> {
  await simulator.control("POST", "/control/identity/expire-access-tokens", { clientId: app.clientId });
  await query(
    "update grants g set access_expires_at = now() from xero_apps a where a.id = g.app_id and a.client_id = $1",
    [app.clientId],
  );
  await simulator.fault("/connect/token", { kind: "hang-after", ms: 8_000 }, { times: 1 });
}

/** Xero has given out a new refresh token; nobody here has it, or, seen late on a busy machine, somebody has asked again. */
async function refreshAnswered({ simulator }: Ground, { app }: Company): Promise<void> {
  const refreshes = async () => {
    const entries = await simulator.journal("identity.refresh");
    return entries.filter(({ data }) => data.clientId === app.clientId).length;
  };
  await expect.poll(refreshes, { intervals: [50] }).toBeGreaterThan(0);
}

async function expectStillConnected(page: Page, { place }: Company): Promise<void> {
  await page.goto(`/firms/${place}/settings/payment-link`);
  await expect(page.locator("#clearing-account").getByLabel("Clearing account")).toBeVisible();
  await page.goto(`/firms/${place}`);
  await expect(page.locator("#connected")).toContainText("Connected");
  await expect(page.locator("#connected")).not.toContainText("reconnected");
}

test("Disconnect: the desk and Xero both forget the connection, and it can be made again", {
  tag: "@once",
}, async ({ page, ground }) => {
  const { place, app } = await ready(page, ground);
  await connectXero(page, ground, place, "lakeview");
  await page.locator("summary", { hasText: "Disconnect" }).click();
  await page.getByRole("button", { name: `Disconnect ${ORGANISATION.lakeview}` }).click();
  await expect(page.getByText("The organisation is disconnected, here and at Xero.")).toBeVisible();
  type Grants = { families: { clientId: string; connections: unknown[] }[] };
  const { families } = await ground.simulator.control<Grants>("GET", "/control/identity/grants");
  expect(
    families.filter(({ clientId }) => clientId === app.clientId).flatMap(({ connections }) => connections),
  ).toEqual([]);
  await goToConsent(page, place, "lakeview");
  await allowAccess(page, "lakeview");
  await expect(page.getByText("The connection is renewed.")).toBeVisible();
});
