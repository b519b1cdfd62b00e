import type { BrowserContext, Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { expectNothingStored, newCompany, ready } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import {
  allowAccess,
  booksRead,
  connectXero,
  goToConsent,
  ORGANISATION,
  sendCompanyApp,
  signIn,
  signOut,
} from "./support/staff.ts";

/** What Xero would send the browser back with after Allow access, kept from the browser. */
async function takeAnswer(page: Page): Promise<string> {
  const form = page.locator('form[action="/identity/connect/authorize"]');
  const request = await form.locator('input[name="request"]').inputValue();
  const tenant = await page.getByLabel(ORGANISATION.lakeview).inputValue();
  const answer = await page.request.post(new URL("/identity/connect/authorize", page.url()).href, {
    form: { request, tenant, decision: "allow" },
    maxRedirects: 0,
  });
  return answer.headers().location ?? "";
}

/** Every text that our web sends to this browser. */
function collectBodies(context: BrowserContext, webUrl: string): Promise<string>[] {
  const bodies: Promise<string>[] = [];
  context.on("response", (response) => {
    if (new URL(response.url()).origin === webUrl) bodies.push(response.text().catch(() => ""));
  });
  return bodies;
}

test("Q1: the broker saves a Xero app; its secret is never shown again; the older type stays listed", async ({
  page,
  context,
  ground,
}) => {
  const company = await newCompany(ground);
  const { app } = company;
  await ground.query(
    "insert into xero_apps (company_id, kind, name, client_id, scopes) values ($1, 'oauth1', 'QSOP (OAuth 1.0a)', 'OLDC0NSUMERKEY', '')",
    [company.companyId],
  );
  const bodies = collectBodies(context, ground.webUrl);
  await signIn(page, company.broker);
  await page.goto(`/firms/${company.place}/connections`);
  await arrive(page, "Connections");
  await expect(page.getByText("An old credential is on file")).toBeVisible();
  await page.getByRole("link", { name: "Set up the Xero app" }).click();
  await arrive(page, "Xero app");
  await expect(page.getByText(`${ground.webUrl}/api/xero/callback`)).toBeVisible();
  await expect(page.getByRole("link", { name: /Xero's page about scopes/ })).toHaveAttribute(
    "href",
    /^https:\/\/developer\.xero\.com\//,
  );

  await test.step("a wrong secret is refused at its field", async () => {
    await sendCompanyApp(page, company.place, { ...app, clientSecret: "wrong-secret-of-someone" });
    await expect(
      page
        .locator("#company-app")
        .getByText(/Xero doesn't take this secret/)
        .first(),
    ).toBeVisible();
    expect(
      await ground.query("select 1 from xero_apps where company_id = $1 and kind = 'oauth2'", [
        company.companyId,
      ]),
    ).toEqual([]);
  });
  await test.step("the right one is tested and saved", async () => {
    await sendCompanyApp(page, company.place, { ...app, webhookKey: "webhook-key-of-lakeview" });
    await expect(page.getByText("Saved. Xero took this client id with its secret.")).toBeVisible();
  });
  await page.reload();
  await expect(page.locator("#company-app").getByText(app.clientId)).toBeVisible();
  await expect(page.locator("#company-app").getByLabel("Client secret")).toHaveValue("");
  await expect(page.locator("#retired")).toContainText("QSOP (OAuth 1.0a)");
  await expect(page.locator("#retired")).toContainText("OLDC0NSUMERKEY");
  const wanted = (await page.locator("#company-app").getByLabel("Scopes").inputValue()).split(/\s+/);

  await signOut(page);
  await signIn(page, company.staff);
  await goToConsent(page, company.place, "lakeview");
  expect((await page.locator("li code").allInnerTexts()).toSorted()).toEqual(wanted.toSorted());
  const all = (await Promise.all(bodies)).join("\n");
  for (const secret of [app.clientSecret, "wrong-secret-of-someone", "webhook-key-of-lakeview"])
    expect(all).not.toContain(secret);
});

test("Q2: Connect, Allow access, and back here connected to the organisation", async ({ page, ground }) => {
  const { place, staff } = await ready(page, ground);
  await signOut(page);
  await signIn(page, staff, `/firms/${place}`);
  await expect(page.locator("#connected")).toContainText("Not connected");
  await goToConsent(page, place, "lakeview");
  await allowAccess(page, "lakeview");
  await arrive(page, "Connections");
  expect(page.url()).toBe(`${ground.webUrl}/firms/${place}/connections?result=connected`);
  await expect(page.getByText("Xero is connected.")).toBeVisible();
  await expect(page.getByRole("heading", { name: ORGANISATION.lakeview })).toBeVisible();
  const card = page.getByRole("main");
  for (const fact of ["Connected", "!lV3uS", "USD", "lee@lakeview-tax.example", "Renews by itself"])
    await expect(card).toContainText(fact);
  await expect(page.getByRole("button", { name: "Connect Xero" })).toHaveCount(0);
});

test("Q3: signed out, browser closed, server restarted: still connected, and no second Connect", async ({
  ground,
  newVisitor,
}) => {
  const first = await newVisitor();
  const { place, staff } = await ready(first, ground);
  await connectXero(first, ground, place, "lakeview");
  await signOut(first);
  await first.context().close();
  if (ground.without) await ground.without("web", async () => {});

  const page = await newVisitor();
  await signIn(page, staff, `/firms/${place}`);
  await arrive(page, "Lakeview Tax");
  await expect(page.locator("#connected")).toContainText(ORGANISATION.lakeview);
  await expect(page.locator("#connected")).toContainText("Connected");
  await expect(page.getByRole("button", { name: /Connect/ })).toHaveCount(0);
  await expect(page.locator("#needs-you")).not.toContainText("not connected");
});

test("Q4: Cancel at Xero leads back with a plain message, and nothing is stored", async ({
  page,
  ground,
}) => {
  const company = await ready(page, ground);
  await goToConsent(page, company.place, "lakeview");
  await page.getByRole("button", { name: "Cancel" }).click();
  await arrive(page, "Connections");
  await expect(page.getByText("You cancelled at Xero. Nothing was changed.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Connect Xero" })).toBeVisible();
  await expectNothingStored(ground, company);
});

test("Q4: a wrong, expired, foreign or replayed answer is told plainly, and stores nothing", async ({
  page,
  ground,
  newVisitor,
}) => {
  const company = await ready(page, ground);
  const { place } = company;

  await test.step("a state that nobody gave out", async () => {
    await page.goto("/api/xero/callback?code=abc&state=made-up");
    await arrive(page, "Nothing was connected");
    expect(page.url()).toBe(`${ground.webUrl}/xero-answer`);
    await page.goto("/api/xero/callback");
    await arrive(page, "Nothing was connected");
  });
  await test.step("an answer that comes too late", async () => {
    await goToConsent(page, place, "lakeview");
    const answer = await takeAnswer(page);
    await ground.query("update oauth_flows set expires_at = now() - interval '1 second' where firm_id = $1", [
      company.firmId,
    ]);
    await page.goto(answer);
    await expect(
      page.getByText("This answer from Xero was used before, came too late, or belongs to another browser."),
    ).toBeVisible();
    await expectNothingStored(ground, company);
  });
  await test.step("another person's browser, and the same person's other browser", async () => {
    await goToConsent(page, place, "lakeview");
    const answer = await takeAnswer(page);
    for (const email of [company.staff, company.broker]) {
      const other = await newVisitor();
      await signIn(other, email);
      await other.goto(answer);
      await expect(other.getByText(/Nothing was (changed|connected)/).first()).toBeVisible();
    }
    await expectNothingStored(ground, company);
  });
  await test.step("the same answer twice: the first connects, the second changes nothing", async () => {
    await goToConsent(page, place, "lakeview");
    const answer = await takeAnswer(page);
    await page.goto(answer);
    await expect(page.getByText("Xero is connected.")).toBeVisible();
    await page.goto(answer);
    await expect(page.getByText("This answer from Xero was used before")).toBeVisible();
    const codes = await ground.query("select 1 from connections where firm_id = $1", [company.firmId]);
    expect(codes).toHaveLength(1);
  });
});

test("Q2: an organisation that another firm has is refused, and nothing is changed", {
  tag: "@once",
}, async ({ page, ground }) => {
  const holder = await ready(page, ground);
  await connectXero(page, ground, holder.place, "lakeview");
  const { tenantId } = await ground.simulator.organisation("lakeview");
  const other = await newCompany(ground);
  await ground.query("update connections set ended_at = null where firm_id = $1 and tenant_id = $2", [
    holder.firmId,
    tenantId,
  ]);
  await signOut(page);
  await signIn(page, other.broker);
  await sendCompanyApp(page, other.place, other.app);
  await expect(page.getByText("Saved. Xero took")).toBeVisible();
  await goToConsent(page, other.place, "lakeview");
  await allowAccess(page, "lakeview");
  await expect(page.getByText("it is in use elsewhere on this desk")).toBeVisible();
  await expectNothingStored(ground, other);
  await booksRead(ground, "lakeview");
});
