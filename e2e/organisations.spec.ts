import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { unique } from "./support/billing.ts";
import { ready } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { allowAccess, connectXero, ORGANISATION, signInAtXero } from "./support/staff.ts";

/** One more American organisation, which Lee Park can connect. */
async function anotherOrganisation({ simulator }: Ground): Promise<{ name: string; tenantId: string }> {
  const key = unique().slice(0, 5).padEnd(5, "x");
  const name = `Pier ${key} LLC`;
  const made = await simulator.control<{ tenantId: string }>("POST", "/control/xero/organisations", {
    name,
    shortCode: `!${key}`,
    country: "US",
    invoices: 5,
  });
  return { name, ...made };
}

const card = (page: Page, name: string) =>
  page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });

async function chooseAtXero(page: Page, name: string): Promise<void> {
  await signInAtXero(page, "lakeview");
  await page.getByLabel(name).check();
  await page.getByRole("button", { name: "Allow access" }).click();
  await arrive(page, "Connections");
}

test("C1: a second organisation is added beside the first, and each is renewed by itself", async ({
  page,
  ground,
}) => {
  const { place } = await ready(page, ground);
  await connectXero(page, ground, place, "lakeview");
  const pier = await anotherOrganisation(ground);

  await page.getByRole("button", { name: "Connect another organisation" }).click();
  await chooseAtXero(page, pier.name);
  await expect(page.getByText("Xero is connected.")).toBeVisible();
  for (const name of [ORGANISATION.lakeview, pier.name])
    await expect(card(page, name)).toContainText("Connected");

  await test.step("Reconnect refuses the other one", async () => {
    // Xero tells consents apart by the second.
    await ground.simulator.control("POST", "/control/clock", { advanceSeconds: 3 });
    await card(page, pier.name).getByRole("button", { name: "Reconnect" }).click();
    await signInAtXero(page, "lakeview");
    await allowAccess(page, "lakeview");
    await arrive(page, "Connections");
    await expect(
      page.getByText("You chose another organisation at Xero than the one to reconnect."),
    ).toBeVisible();
    await expect(card(page, ORGANISATION.lakeview)).toContainText("Connected");
  });
  await test.step("and takes its own", async () => {
    await card(page, pier.name).getByRole("button", { name: "Reconnect" }).click();
    await chooseAtXero(page, pier.name);
    await expect(page.getByText("The connection is renewed.")).toBeVisible();
  });
  await test.step("each has its own clearing account", async () => {
    await page.goto(`/firms/${place}/settings/payment-link`);
    const section = page.locator("#clearing-account");
    for (const name of [ORGANISATION.lakeview, pier.name])
      await expect(section.getByLabel(`Clearing account of ${name}`)).toBeVisible();
  });
});

test("a connection that was ended inside Xero says so within seconds, since when, and what to do; the other goes on", {
  tag: "@once",
}, async ({ page, ground }) => {
  const { place, staff } = await ready(page, ground);
  await connectXero(page, ground, place, "lakeview");
  const pier = await anotherOrganisation(ground);
  await page.getByRole("button", { name: "Connect another organisation" }).click();
  await chooseAtXero(page, pier.name);

  await ground.simulator.control("POST", "/control/identity/disconnect", { tenantId: pier.tenantId });
  await page.goto(`/firms/${place}/settings/payment-link`);
  await expect(page.getByText("The accounts could not be read.")).toBeVisible();
  await page.goto(`/firms/${place}/connections`);
  const lost = card(page, pier.name);
  await expect(lost).toContainText("Disconnected in Xero");
  await expect(lost).toContainText(/since .{1,12}20\d\d/);
  await expect(lost.getByRole("button", { name: "Reconnect" })).toBeVisible();
  await expect(card(page, ORGANISATION.lakeview)).toContainText("Connected");
  const letters = () => ground.simulator.letters(staff, `${pier.name} was disconnected inside Xero`);
  await expect.poll(async () => (await letters()).length).toBe(1);
});
