import { randomBytes } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { day, unique } from "./support/billing.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import {
  allowAccess,
  booksRead,
  connectXero,
  goToConsent,
  ORGANISATION,
  type Place,
  sendCompanyApp,
  signIn,
  signInAtXero,
  signOut,
  type XeroApp,
} from "./support/staff.ts";

type Company = {
  place: Place;
  broker: string;
  staff: string;
  app: XeroApp;
  firmId: string;
  companyId: string;
};

/** A company of the test's own with one firm and an app at Xero; Lakeview's organisation is free for it to connect. */
async function newCompany(ground: Ground): Promise<Company> {
  const key = `t${unique().toLowerCase()}`;
  const [broker, staff] = [`broker@${key}.example`, `staff@${key}.example`];
  const [row] = await ground.query<{ firm: string; company: string }>(
    `with company as (insert into companies (slug, name) values ($1, $1) returning id),
          firm as (insert into firms (company_id, slug, name) select id, 'books', 'Lakeview Tax' from company returning id),
          terms as (insert into terms_versions (firm_id, version, body, sha256) select id, 1, 'Terms', 'x' from firm),
          people as (insert into users (email, name, password_hash)
            select email, name, (select password_hash from users where email = 'owner@quickfee.example')
            from (values ($2, 'Bo Broker'), ($3, 'Sam Staff')) person (email, name) returning id, email),
          roles as (insert into memberships (user_id, company_id, firm_id, role)
            select people.id, case when people.email = $2 then company.id end, case when people.email = $3 then firm.id end, 'owner'
            from people, company, firm)
     select firm.id firm, company.id company from firm, company`,
    [key, broker, staff],
  );
  if (!row) throw new Error("No company was made");
  const { tenantId } = await ground.simulator.organisation("lakeview");
  await ground.query("update connections set ended_at = now() where tenant_id = $1 and ended_at is null", [
    tenantId,
  ]);
  const app = {
    clientId: randomBytes(16).toString("hex").toUpperCase(),
    clientSecret: `secret-${randomBytes(12).toString("hex")}`,
  };
  await ground.simulator.control("PUT", `/control/apps/${app.clientId}`, {
    name: "Lakeview Pay Desk",
    secret: app.clientSecret,
    redirectUris: [`${ground.webUrl}/api/xero/callback`],
  });
  return { place: `${key}/books`, broker, staff, app, firmId: row.firm, companyId: row.company };
}

/** With its app saved; the broker, who may act for every firm of the company, is signed in. */
async function ready(page: Page, ground: Ground): Promise<Company> {
  const company = await newCompany(ground);
  await signIn(page, company.broker);
  await sendCompanyApp(page, company.place, company.app);
  await expect(page.getByText("Saved. Xero took this client id with its secret.")).toBeVisible();
  return company;
}

/** Nothing of a Connect is kept: no connection, no tokens. */
async function expectNothingStored(ground: Ground, { firmId, companyId }: Company): Promise<void> {
  expect(await ground.query("select 1 from connections where firm_id = $1", [firmId])).toEqual([]);
  const held =
    "select 1 from grants g join xero_apps a on a.id = g.app_id where a.company_id = $1 and g.sealed_tokens is not null";
  expect(await ground.query(held, [companyId])).toEqual([]);
}

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
  browser,
  ground,
}) => {
  const open = async () => {
    const context = await browser.newContext({
      baseURL: ground.webUrl,
      extraHTTPHeaders: { "x-forwarded-for": ownAddress() },
    });
    return context.newPage();
  };
  const first = await open();
  const { place, staff } = await ready(first, ground);
  await connectXero(first, ground, place, "lakeview");
  await signOut(first);
  await first.context().close();
  if (ground.without) await ground.without("web", async () => {});

  const page = await open();
  await signIn(page, staff, `/firms/${place}`);
  await arrive(page, "Lakeview Tax");
  await expect(page.locator("#connected")).toContainText(ORGANISATION.lakeview);
  await expect(page.locator("#connected")).toContainText("Connected");
  await expect(page.getByRole("button", { name: /Connect/ })).toHaveCount(0);
  await expect(page.locator("#needs-you")).not.toContainText("not connected");
  await page.context().close();
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
  browser,
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
    await ground.query("update oauth_flows set expires_at = now() where firm_id = $1", [company.firmId]);
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
      const context = await browser.newContext({
        baseURL: ground.webUrl,
        extraHTTPHeaders: { "x-forwarded-for": ownAddress() },
      });
      const other = await context.newPage();
      await signIn(other, email);
      await other.goto(answer);
      await expect(other.getByText(/Nothing was (changed|connected)/).first()).toBeVisible();
      await context.close();
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

/** Xero has given out a new refresh token; nobody here has it. */
async function refreshAnswered({ simulator }: Ground, { app }: Company): Promise<void> {
  const refreshes = async () => {
    const entries = await simulator.journal("identity.refresh");
    return entries.filter(({ data }) => data.clientId === app.clientId).length;
  };
  await expect.poll(refreshes).toBe(1);
}

async function expectStillConnected(page: Page, { place }: Company): Promise<void> {
  await page.goto(`/firms/${place}/settings/payment-link`);
  await expect(page.locator("#clearing-account").getByLabel("Clearing account")).toBeVisible();
  await page.goto(`/firms/${place}`);
  await expect(page.locator("#connected")).toContainText("Connected");
  await expect(page.locator("#connected")).not.toContainText("reconnected");
}

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
