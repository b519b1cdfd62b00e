/** A company of a test's own, for what changes who is connected to what. */
import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { unique } from "./billing.ts";
import type { Ground } from "./ground.ts";
import { type Place, sendCompanyApp, signIn, type XeroApp } from "./staff.ts";

export type Company = {
  place: Place;
  broker: string;
  staff: string;
  app: XeroApp;
  firmId: string;
  companyId: string;
};

/** A company of the test's own with one firm and an app at Xero; Lakeview's organisation is free for it to connect. */
export async function newCompany(ground: Ground): Promise<Company> {
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
export async function ready(page: Page, ground: Ground): Promise<Company> {
  const company = await newCompany(ground);
  await signIn(page, company.broker);
  await sendCompanyApp(page, company.place, company.app);
  await expect(page.getByText("Saved. Xero took this client id with its secret.")).toBeVisible();
  return company;
}

/** Nothing of a Connect is kept: no connection, no tokens. */
export async function expectNothingStored(ground: Ground, { firmId, companyId }: Company): Promise<void> {
  expect(await ground.query("select 1 from connections where firm_id = $1", [firmId])).toEqual([]);
  const held =
    "select 1 from grants g join xero_apps a on a.id = g.app_id where a.company_id = $1 and g.sealed_tokens is not null";
  expect(await ground.query(held, [companyId])).toEqual([]);
}
