/** Every secret of a whole run is looked for where none may be: logs, tables, the queue, the build's files, pages. */
import { globSync, readFileSync } from "node:fs";
import { oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, test as stacked } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { PAT, pay, payLink } from "./support/payer.ts";
import { connectDemo, DEMO_APP, DEMO_PEOPLE, signIn } from "./support/staff.ts";

const test = stacked.extend({});
test.use({ story: "canary" });

const DESK = [
  "",
  "/connections",
  "/payments",
  "/to-do",
  "/settings",
  "/settings/xero",
  "/settings/processor",
  "/settings/people",
];

/** A text dump of every table of every schema, the queue's too. */
async function dump({ query }: Ground): Promise<string> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const rows = await Promise.all(
    tables.map(({ name }) => query(`select coalesce(json_agg(t)::text, '') as dump from ${name} t`)),
  );
  return rows.map(([row]) => String(row?.dump)).join("\n");
}

function found(text: string, secrets: string[]): string[] {
  return secrets.filter((secret) =>
    [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")].some((form) =>
      text.includes(form),
    ),
  );
}

test("T1, T3, T4: after a connect, payments, receipts and webhooks no secret stands in a log, a table, the build or a page", {
  tag: "@once",
}, async ({ ground, browser, page, context }) => {
  if (!ground.evidence) return test.skip(true, "The logs of a given address can't be read from here");
  const bodies: Promise<string>[] = [];
  context.on("response", (response) => {
    if (new URL(response.url()).origin === ground.webUrl) bodies.push(response.text().catch(() => ""));
  });
  await connectDemo(ground, browser);
  const invoice = await oneInvoice(ground);
  await page.goto(payLink("harbour", invoice));
  await pay(page, PAT);
  await paidInXero(ground, [invoice]);
  await expect
    .poll(async () => (await ground.simulator.letters(PAT.email, "Receipt")).length)
    .toBeGreaterThan(0);

  await test.step("and what goes wrong on the way: a bad code, a bad key, Xero and Stripe out of order", async () => {
    await signIn(page, DEMO_PEOPLE.broker);
    await page.goto("/api/xero/callback?code=CANARY-code&state=CANARY-state");
    await page.goto("/firms/quickfee/demo/settings/processor");
    await page.getByLabel("Secret key").fill("sk_test_CANARYkey0000");
    await page
      .getByRole("button", { name: /Test and save/ })
      .first()
      .click();
    await expect(page.getByText(/Stripe doesn't take this key/).first()).toBeVisible();
    await ground.simulator.fault(
      "/api.xro/2.0/*",
      { kind: "status", status: 500, body: "boom" },
      { times: 2 },
    );
    await ground.simulator.control("POST", "/control/identity/expire-access-tokens", {});
    await ground.simulator.fault("/connect/token", { kind: "cut-after" }, { times: 1 });
    for (const firm of ["demo", "harbour"]) {
      for (const path of DESK) await page.goto(`/firms/quickfee/${firm}${path}`);
    }
    await ground.simulator.clearFaults();
    await page.goto("/firms/quickfee/harbour/settings/payment-link");
  });

  type Issued = { secrets: string[] };
  const { secrets: issued } = await ground.simulator.control<Issued>("GET", "/control/identity/issued");
  const cookies = (await context.cookies()).map(({ value }) => value).filter((value) => value.length > 20);
  const { logs, secrets } = ground.evidence();
  const canaries = [
    ...new Set([
      ...issued,
      ...secrets,
      DEMO_APP.clientSecret,
      DEMO_APP.webhookKey ?? "",
      "sk_test_demo_accountants",
      "sk_test_harbour_books",
      "sk_test_CANARYkey0000",
      "CANARY-code",
      "CANARY-state",
    ]),
  ];
  expect(issued.length).toBeGreaterThan(8);
  expect(canaries.filter((canary) => canary.length < 10)).toEqual([]);

  expect(found(logs, [...canaries, ...cookies]), "in a log").toEqual([]);
  const tables = await dump(ground);
  expect(tables).toContain(invoice.number);
  expect(found(tables, [...canaries, ...cookies]), "in a table").toEqual([]);
  const files = globSync(".next/static/**/*.*").map((file) => readFileSync(file, "utf8"));
  expect(files.length).toBeGreaterThan(10);
  expect(found(files.join("\n"), canaries), "in the build").toEqual([]);
  const all = (await Promise.all(bodies)).join("\n");
  expect(all).toContain(invoice.number);
  expect(found(all, canaries), "on a page").toEqual([]);
  for (const [where, text] of Object.entries({ logs, tables, all, build: files.join("\n") })) {
    expect(text.match(/eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|whsec_[A-Za-z0-9]{8,}/)?.[0], where).toBeUndefined();
  }
});
