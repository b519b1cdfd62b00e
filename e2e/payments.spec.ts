import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { pdfPages } from "../lib/testing/pdf-text.ts";
import { arrive } from "./support/arrive.ts";
import { bill, type Client, unique } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { type Payer, payByCard, payLink, receipt, sendDetails, toDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const DEMO_HOME = "/firms/quickfee/demo";
const PAYMENTS = `${DEMO_HOME}/payments`;

type Paid = Client & { payer: Payer; reference: string };

/** A client pays all their invoices at once; the worker has written it to Xero when it returns. */
async function paid(page: Page, ground: Ground, totals: string[]): Promise<Paid> {
  const client = await bill(
    ground,
    "demo",
    totals.map((total) => ({ total })),
  );
  const [first, ...others] = client.invoices;
  if (!first) throw new Error("Not billed");
  const payer = {
    name: `Zoë ${unique()}`,
    email: client.email,
  };
  await page.goto(payLink("demo", first));
  for (const { number } of others) await page.getByRole("checkbox", { name: number }).check();
  await toDetails(page);
  await sendDetails(page, payer);
  await payByCard(page);
  const reference = await receipt(page);
  const done = "select 1 from postings where reference = $1 and state = 'done'";
  await expect.poll(async () => (await ground.query(done, [reference])).length).toBe(1);
  return { ...client, payer, reference };
}

/** Sixty payments of one instant, by this payer. */
async function sixtyPaid({ query }: Ground, payer: string): Promise<void> {
  await query(
    `with firm as (select c.firm_id, c.id as connection_id, p.id as account from connections c
         join firms f on f.id = c.firm_id and f.slug = 'demo' join processor_accounts p on p.firm_id = f.id and p.ended_at is null
         where c.ended_at is null limit 1),
       visits as (insert into checkouts (token_hash, firm_id, connection_id, contact_id, currency, back_path)
         select $1 || n, firm_id, connection_id, 'x', 'AUD', '/' from firm, generate_series(1, 60) n returning id),
       tries as (insert into attempts (firm_id, connection_id, checkout_id, processor_account_id, state, currency, amount_minor, expires_at, payer_name)
         select firm_id, connection_id, id, account, 'captured', 'AUD', 100, now(), $1 from firm, visits returning *)
     insert into captures (firm_id, connection_id, attempt_id, processor_account_id, object_ref, currency, amount_minor, captured_at, problem)
       select firm_id, connection_id, id, processor_account_id, 'pi_' || id, 'AUD', 100, '2025-01-01', 'Made by a test.' from tries`,
    [payer],
  );
}

const rowsOf = (page: Page) => page.getByRole("table", { name: "Payments" }).locator("tbody tr");

async function find(page: Page, text: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Find" }).fill(text);
  await page.getByRole("button", { name: "Find" }).click();
  await page.waitForURL((url) => url.searchParams.get("find") === text);
  await arrive(page, "Payments");
}

test("staff find a payment by whatever the client quotes, narrow the list, and leaf through it", async ({
  page,
  open,
}) => {
  const { invoices, payer, reference } = await paid(page, open, ["64.10", "35.90"]);
  await signIn(page, DEMO_PEOPLE.demoOwner, PAYMENTS);
  await arrive(page, "Payments");
  for (const quoted of [payer.name, payer.email, reference, invoices[1]?.number ?? ""]) {
    await find(page, quoted);
    await expect(rowsOf(page), quoted).toHaveCount(1);
    await expect(rowsOf(page)).toContainText(reference);
  }
  await find(page, "A$100.00");
  await expect(rowsOf(page).filter({ hasText: reference })).toHaveCount(1);

  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("In Xero").selectOption({ label: "Needs you" });
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/state=needs_you/);
  await expect(page.getByText("No payment fits")).toBeVisible();
  await page.getByRole("link", { name: "Show all payments" }).click();
  await page.waitForURL((url) => url.search === "");
  await expect(rowsOf(page).first()).toBeVisible();

  const many = `Many ${unique()}`;
  await sixtyPaid(open, many);
  await find(page, many);
  const links = () =>
    rowsOf(page)
      .getByRole("link")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const newer = await links();
  await page.getByRole("link", { name: "Older payments" }).click();
  await page.waitForURL(/after=/);
  await expect(rowsOf(page)).toHaveCount(10);
  expect(new Set([...newer, ...(await links())]).size).toBe(60);
  await expect(page.getByRole("link", { name: "Older payments" })).toHaveCount(0);
  await page.getByRole("link", { name: "Newest payments" }).click();
  await expect(rowsOf(page)).toHaveCount(50);
});

test("a payment's page tells what it was, where it stands in Xero and Stripe, and all that happened", async ({
  page,
  open,
}) => {
  const { invoices, payer, reference } = await paid(page, open, ["71.00", "28.00"]);
  await signIn(page, DEMO_PEOPLE.demoOwner, PAYMENTS);
  await find(page, reference);
  await rowsOf(page).getByRole("link").click();
  await arrive(page, `A$99.00 from ${payer.name}`);

  const money = page.locator("#money");
  for (const fact of [payer.email, "Visa ending 4242", "Demo Accountants, test mode", "Version 1"])
    await expect(money).toContainText(fact);
  const inXero = page.locator("#in-xero");
  await expect(inXero).toContainText("Written");
  for (const { number } of invoices)
    await expect(inXero.getByRole("row", { name: number }).getByRole("link")).toHaveCount(2);
  const opening = page.waitForEvent("popup");
  await inXero.getByRole("link", { name: invoices[0]?.number ?? "" }).click();
  const beside = await opening;
  await expect(beside.getByText(reference).first()).toBeVisible();
  await beside.close();

  await expect(page.locator("#timeline li")).toContainText([
    "Opened the pay link of",
    "Was shown the terms, version 1, and accepted them",
    "Pressed Pay: the invoices were held for this payment",
    "Charged A$99.00",
    "Written to Xero as a batch payment",
  ]);
  await expect(page.locator("#timeline")).toContainText(`${invoices[1]?.number}: A$28.00`);
});

test("what is found can be downloaded as a file that no spreadsheet runs", async ({ page, open }) => {
  const { payer, reference } = await paid(page, open, ["12.34"]);
  await open.query("update attempts set payer_name = $1 where payer_name = $2", [
    `=1+1 ${payer.name}`,
    payer.name,
  ]);
  await signIn(page, DEMO_PEOPLE.demoOwner, PAYMENTS);
  await find(page, reference);
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download what is found (CSV)" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^demo-payments-to-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  const lines = text.trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(text.startsWith("\uFEFFPaid on,")).toBe(true);
  expect(lines[1]).toContain(`,"'=1+1 ${payer.name}",${payer.email},`);
  expect(lines[1]).toContain(",AUD,12.34,");
  expect(lines[1]).toContain(`,${reference},Written,`);
});

test("home draws what came in by day with its figures, and says what is still owed by age", async ({
  page,
  open,
}) => {
  await paid(page, open, ["43.21"]);
  const late = await bill(open, "demo", [{ total: "815.00" }]);
  await open.query("update invoices set due_date = current_date - 75 where invoice_id = $1", [
    late.invoices[0]?.id,
  ]);

  await signIn(page, DEMO_PEOPLE.demoOwner, DEMO_HOME);
  await arrive(page, "Demo Accountants");

  const [sum] = await open.query<{ text: string; count: string }>(
    `select to_char(sum(amount_minor) / 100.0, 'FM999,999,990.00') as text, count(*) from captures c join firms f on f.id = c.firm_id
     where f.slug = 'demo' and currency = 'AUD' and captured_at > now() - interval '28 days'`,
  );
  const cameIn = page.locator("#came-in");
  const chart = cameIn.getByRole("img", { name: /^AUD collected on each of the last 30 days/ });
  await expect(chart).toHaveAccessibleName(new RegExp(`A\\$${sum?.text} in all, most on `));
  await expect(chart.locator("g")).toHaveCount(30);
  await cameIn.getByText("AUD by day").click();
  const figures = cameIn.getByRole("table", { name: "AUD collected by day" });
  await expect(figures.locator("tbody tr").first()).toContainText(`A$${sum?.text}`);

  const [owed] = await open.query<{ text: string }>(
    `select to_char(sum(due_minor) / 100.0, 'FM999,999,990.00') as text from invoices i
       join connections c on c.id = i.connection_id and c.ended_at is null join firms f on f.id = c.firm_id
     where f.slug = 'demo' and type = 'ACCREC' and i.status = 'AUTHORISED' and i.currency = 'AUD' and due_minor > 0
       and (now() at time zone c.time_zone)::date - due_date between 61 and 90`,
  );
  const ages = page.getByRole("table", { name: "Outstanding by age" });
  await expect(ages.getByRole("row", { name: "61–90 days overdue" })).toContainText(`A$${owed?.text}`);
});

test("the evidence of a payment is what its page says, for people and for programs", async ({
  page,
  open,
}) => {
  const { invoices, payer, reference } = await paid(page, open, ["61.00", "38.50"]);
  await signIn(page, DEMO_PEOPLE.demoOwner, PAYMENTS);
  await find(page, reference);
  await rowsOf(page).getByRole("link").click();
  await arrive(page, `A$99.50 from ${payer.name}`);
  const download = async (name: string) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };

  const json = await download("Download as JSON");
  expect(json.name).toBe(`demo-evidence-${reference}.json`);
  const evidence = JSON.parse(json.bytes.toString("utf8"));
  expect(evidence.payment).toMatchObject({ reference, amount: "99.50", method: "Visa ending 4242" });
  expect(evidence.payer).toMatchObject({ name: payer.name, email: payer.email });
  expect(evidence.terms.text.length).toBeGreaterThan(50);
  const byNumber = (a: { invoice: string }, b: { invoice: string }) => (a.invoice < b.invoice ? -1 : 1);
  expect(evidence.allocations.toSorted(byNumber)).toMatchObject(
    invoices.map(({ number, amount }) => ({ invoice: number, amount })).toSorted(byNumber),
  );
  const shown = await page.getByRole("main").innerText();
  const facts = [
    evidence.processor.payment,
    ...evidence.xero.documents.map(({ id }: { id: string }) => id),
    ...evidence.allocations.map((line: { xeroPaymentId: string }) => line.xeroPaymentId),
    ...evidence.timeline.map((line: { what: string }) => line.what),
  ];
  for (const fact of facts) expect(shown).toContain(fact);
  expect(await page.locator("#timeline li").count()).toBe(evidence.timeline.length);

  const pdf = await download("Download as PDF");
  expect(pdf.name).toBe(`demo-evidence-${reference}.pdf`);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  const text = pdfPages(pdf.bytes).join("\n");
  for (const fact of [reference, payer.name, payer.email, "A$99.50", "Demo Accountants", "1 of "])
    expect(text).toContain(fact);
});
