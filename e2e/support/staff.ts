/** What staff do at the desk, as they do it. */
import { type Browser, expect, type Page } from "@playwright/test";
import { SYNC_KINDS } from "../../db/schema/mirror.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../../scripts/demo-data/demo-facts.ts";
import { arrive } from "./arrive.ts";
import type { Ground } from "./ground.ts";
import { TAKE_UP_MS } from "./mode.ts";
import type { Home } from "./simulator.ts";

export { DEMO_PEOPLE };

/** A firm's place: "quickfee/demo". */
export type Place = `${string}/${string}`;

export async function signIn(page: Page, email: string, to = "/firms"): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(to)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === to);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await arrive(page, "Sign in");
}

export type XeroApp = { clientId: string; clientSecret: string; webhookKey?: string };

export const DEMO_APP: XeroApp = {
  clientId: "5BC0UNTERF01LDEM0000000000000001",
  clientSecret: "sim-secret-demo",
  webhookKey: "sim-webhook-key-demo",
};

/** Fills the company's app on the Xero app page and saves it; what came of it is for the caller to look at. */
export async function sendCompanyApp(page: Page, place: Place, app: XeroApp): Promise<void> {
  await page.goto(`/firms/${place}/settings/xero`);
  await arrive(page, "Xero app");
  const form = page.locator("#company-app");
  await form.getByLabel("Client id").fill(app.clientId);
  await form.getByLabel("Client secret").fill(app.clientSecret);
  await form.getByLabel("Webhook key").fill(app.webhookKey ?? "");
  await form.getByRole("button", { name: "Test and save" }).click();
}

const XERO_USER = { demo: "Dana Reyes", harbour: "Harriet Cole", lakeview: "Lee Park" } as const;
export const ORGANISATION = {
  demo: "Demo Accountants Pty Ltd",
  harbour: "Harbour Books Ltd",
  lakeview: "Lakeview Tax LLC",
} as const;

/** From the connections page to Xero's consent page, signed in there as the keeper of that organisation. */
export async function goToConsent(page: Page, place: Place, home: Home): Promise<void> {
  await page.goto(`/firms/${place}/connections`);
  await arrive(page, "Connections");
  await page.getByRole("button", { name: "Connect Xero" }).click();
  await signInAtXero(page, home);
}

export async function signInAtXero(page: Page, home: Home): Promise<void> {
  await page.waitForURL(/\/identity\//);
  const user = page.getByRole("button", { name: XERO_USER[home] });
  if (await user.isVisible()) await user.click();
  await expect(page.getByText(`Signed in as ${XERO_USER[home]}`)).toBeVisible();
}

export async function allowAccess(page: Page, home: Home): Promise<void> {
  await page.getByLabel(ORGANISATION[home]).check();
  await page.getByRole("button", { name: "Allow access" }).click();
}

/** Connect, all the way; the first reading of the books has ended when it returns. */
export async function connectXero(page: Page, ground: Ground, place: Place, home: Home): Promise<void> {
  await goToConsent(page, place, home);
  await allowAccess(page, home);
  await arrive(page, "Connections");
  await expect(page.getByRole("status").first()).toContainText("Xero is connected.");
  await booksRead(ground, home);
}

/** Waits for the first reading of the organisation's books to end. */
export async function booksRead(ground: Ground, home: Home): Promise<void> {
  const { tenantId } = await ground.simulator.organisation(home);
  const unread = `select 1 from sync_cursors s join connections c on c.id = s.connection_id
    where c.tenant_id = $1 and c.ended_at is null and s.backfilled_at is not null`;
  await expect
    .poll(async () => (await ground.query(unread, [tenantId])).length, { timeout: 30_000 + TAKE_UP_MS })
    .toBe(SYNC_KINDS.length);
}

export async function chooseClearing(
  page: Page,
  place: Place,
  account: string | RegExp = /clearing/i,
): Promise<void> {
  await page.goto(`/firms/${place}/settings/payment-link`);
  const section = page.locator("#clearing-account");
  const choice = section.getByLabel("Clearing account");
  const label = await choice.locator("option").filter({ hasText: account }).first().innerText();
  await choice.selectOption({ label });
  await section.getByRole("button", { name: "Test and save" }).click();
  await expect(section.getByText("Tested and saved")).toBeVisible();
}

/** Firm demo, connected to its organisation by its owner, in a browser of her own. */
export async function connectDemo(ground: Ground, browser: Browser): Promise<void> {
  const live = await ground.query(
    "select 1 from connections c join firms f on f.id = c.firm_id where f.slug = 'demo' and c.ended_at is null",
  );
  if (live.length > 0) return;
  const context = await browser.newContext({
    baseURL: ground.webUrl,
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.7" },
    javaScriptEnabled: true,
  });
  const page = await context.newPage();
  await signIn(page, DEMO_PEOPLE.demoOwner, "/firms/quickfee/demo/connections");
  await connectXero(page, ground, "quickfee/demo", "demo");
  await chooseClearing(page, "quickfee/demo");
  await context.close();
}
