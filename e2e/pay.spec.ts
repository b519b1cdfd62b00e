import { createHash } from "node:crypto";
import { arrive } from "./support/arrive.ts";
import { bill, mirrored, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import {
  atProcessor,
  PAT,
  pay,
  payByCard,
  payLink,
  receipt,
  sendDetails,
  toDetails,
} from "./support/payer.ts";

test("Q7: an open firm shows the client's other outstanding invoices, without a name", async ({
  page,
  open,
}) => {
  const client = await bill(open, "demo", [
    { total: "101.10" },
    { total: "202.20" },
    { total: "33.00", status: "DRAFT" },
  ]);
  const [first, second, draft] = client.invoices;
  if (!first || !second || !draft) throw new Error("Not billed");
  await page.goto(payLink("demo", second));
  await arrive(page, "Your invoices");
  await expect(page.getByText("A$303.30", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await expect(page.getByRole("checkbox", { name: second.number })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: first.number })).not.toBeChecked();
  const html = await page.content();
  expect(html).not.toContain(client.name);
  expect(html).not.toContain(client.email);
  expect(html).not.toContain(draft.number);
});

test("Q7: a firm with private links shows the one invoice, and nobody's name", async ({ page, ground }) => {
  const client = await bill(ground, "harbour", [{ total: "111.10" }, { total: "222.20" }]);
  const [first, second] = client.invoices;
  if (!first || !second) throw new Error("Not billed");
  await page.goto(payLink("harbour", first));
  await arrive(page, `Invoice ${first.number}`);
  const html = await page.content();
  for (const secret of [second.number, client.name, client.email]) expect(html).not.toContain(secret);
});

test("Q8: tick several and the total follows; none ticked says why; then details", async ({
  page,
  open,
  javaScriptEnabled,
}) => {
  const { invoices } = await bill(open, "demo", [
    { total: "100.01" },
    { total: "200.02" },
    { total: "1300.03" },
  ]);
  const [first, second, third] = invoices;
  if (!first || !second || !third) throw new Error("Not billed");
  const total = page.locator("form .sum");
  const expectTotal = async (label: string, amount: string) => {
    if (javaScriptEnabled === false) return;
    await expect(total).toContainText(label);
    await expect(total).toContainText(amount);
  };

  await page.goto(payLink("demo", first));
  await arrive(page, "Your invoices");
  if (javaScriptEnabled === false) await expect(total).toContainText("Total of all shown");
  await expectTotal("Paying 1 invoice", "A$100.01");
  await page.getByRole("checkbox", { name: third.number }).check();
  await expectTotal("Paying 2 invoices", "A$1,400.04");
  await page.getByRole("checkbox", { name: third.number }).uncheck();
  await page.getByRole("checkbox", { name: first.number }).uncheck();
  await expectTotal("Nothing ticked", "A$0.00");

  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Tick at least one invoice to continue.");
  await arrive(page, "Your invoices");
  await page.getByRole("checkbox", { name: first.number }).uncheck();
  await page.getByRole("checkbox", { name: second.number }).check();
  await page.getByRole("checkbox", { name: third.number }).check();
  await toDetails(page);
  await expect(page.getByText("Paying 2 invoices")).toBeVisible();
  await expect(page.getByText("A$1,500.05", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Change what you pay" }).click();
  await arrive(page, "Your invoices");
});

test("Q9: the terms must be ticked; version, hash, time and address are kept", async ({
  page,
  ground,
  extraHTTPHeaders,
}) => {
  const [invoice] = (await bill(ground, "harbour", [{ total: "120.90" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  await page.goto(payLink("harbour", invoice));
  await toDetails(page);
  await page.getByLabel("Your name").fill(PAT.name);
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByRole("button", { name: /^Pay / }).click();
  const alert = page.getByRole("alert").first();
  await expect(alert).toContainText("Read the terms, then tick the box to accept them.");
  await expect(alert).toContainText("Type an e-mail address, like name@example.com.");
  await arrive(page, "Your details");
  await expect(page.getByLabel("Your name")).toHaveValue(PAT.name);
  await expect(page.getByRole("checkbox")).not.toBeChecked();

  const terms = await page.getByRole("region", { name: "Terms" }).innerText();
  await sendDetails(page, PAT);
  await payByCard(page);
  await receipt(page);

  const [kept] = await ground.query<{
    version: number;
    body: string;
    sha256: string;
    ip: string;
    seconds: string;
    agent: string;
  }>(
    `select t.version, t.body, t.sha256, a.ip, a.user_agent agent, extract(epoch from now() - a.terms_accepted_at) seconds
     from attempts a join holds h on h.attempt_id = a.id join terms_versions t on t.id = a.terms_version_id
     where h.invoice_id = $1`,
    [invoice.id],
  );
  if (!kept) throw new Error("No consent was kept");
  expect(kept.sha256).toBe(createHash("sha256").update(kept.body).digest("hex"));
  expect(terms.replace(/\s+/g, " ")).toContain(kept.body.slice(0, 60).replace(/\s+/g, " "));
  expect(kept.ip).toBe(extraHTTPHeaders?.["x-forwarded-for"]);
  expect(Number(kept.seconds)).toBeLessThan(60);
  expect(kept.agent).toContain("Mozilla");
});

test("Q10: several invoices are one charge and one batch payment; the receipt lists each", async ({
  page,
  open,
}) => {
  const { invoices } = await bill(open, "demo", [
    { total: "150.15" },
    { total: "250.25" },
    { total: "350.35" },
  ]);
  const { simulator } = open;
  const email = `q10-${invoices[0]?.number.toLowerCase()}@clients.example`;
  await page.goto(payLink("demo", invoices[0] ?? { number: "", amount: "" }));
  for (const { number } of invoices) await page.getByRole("checkbox", { name: number }).check();
  const reference = await pay(page, { name: PAT.name, email });

  const main = page.getByRole("main");
  for (const { number, amount } of invoices) {
    await expect(main).toContainText(number);
    await expect(main).toContainText(amount);
  }
  await expect(main).toContainText("A$750.75");
  await expect(main).toContainText("Visa ending 4242");

  await paidInXero(open, invoices);
  const payments = (await Promise.all(invoices.map((made) => simulator.paymentsOf(made)))).flat();
  const [batch, ...others] = new Set(payments.map(({ batchId }) => batchId));
  expect(batch).toBeTruthy();
  expect(others).toEqual([]);
  type Batches = { batchPayments: { id: string; reference: string }[] };
  const { batchPayments } = await simulator.control<Batches>(
    "GET",
    `/control/xero/batch-payments?tenantId=${invoices[0]?.tenantId}`,
  );
  expect(batchPayments.filter(({ id }) => id === batch)).toMatchObject([{ reference }]);
  expect(await simulator.charges(75_075)).toHaveLength(1);

  await expect.poll(async () => (await simulator.letters(email)).length).toBe(1);
  const [letter] = await simulator.letters(email);
  expect(letter?.subject).toContain("A$750.75");
  for (const { number, amount } of invoices) expect(letter?.text).toContain(`${number}: ${amount}`);
  expect(letter?.text).toContain(reference);
});

test("Q10: one invoice is one payment, and its link then says that it is paid", async ({ page, ground }) => {
  const [invoice] = (await bill(ground, "harbour", [{ total: "480.08" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  await page.goto(payLink("harbour", invoice));
  const reference = await pay(page, PAT);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);

  await mirrored(ground, [{ id: invoice.id, due: 0, status: "PAID" }]);
  await page.goto(payLink("harbour", invoice));
  await arrive(page, "Paid already");
  await expect(page.getByRole("main")).toContainText("Nothing is due.");
});

test("Q11: what is due decides the charge, not what the link says", async ({ page, ground }) => {
  const [invoice] = (await bill(ground, "harbour", [{ total: "100.40" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  await ground.simulator.inside("harbour", "pay", { invoice: invoice.id, amount: "40.10", account: "612" });
  await mirrored(ground, [{ id: invoice.id, due: 6_030 }]);

  await page.goto(payLink("harbour", invoice));
  await arrive(page, `Invoice ${invoice.number}`);
  await expect(page.getByText("£60.30", { exact: true })).toBeVisible();
  await expect(page.getByText("The link said 100.40; 40.10 has been paid since.")).toBeVisible();
  await toDetails(page);
  await sendDetails(page, PAT);
  await atProcessor(page);
  await expect(page.getByRole("heading", { name: "60.30" })).toBeVisible();
});

test("Q11: a form with an amount of its own is refused", { tag: "@once" }, async ({ page, ground }) => {
  const [invoice] = (await bill(ground, "harbour", [{ total: "77.70" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  const link = payLink("harbour", invoice);
  await page.goto(link);
  const answer = await page.request.post("/pay/quickfee/harbour/choose", {
    headers: { origin: ground.webUrl },
    form: { link: link.split("?")[1] ?? "", invoice: invoice.id, amount: "0.01" },
  });
  expect(answer.url()).toContain("/stopped");
  expect(await answer.text()).toContain("Nothing was charged.");
});

test("Q11: an invoice in another currency is paid by its own link, in its own currency", async ({
  page,
  ground,
  open: _,
}) => {
  const { simulator } = ground;
  const { invoices } = await bill(ground, "demo", [{ total: "91.19" }, { total: "92.29", currency: "NZD" }]);
  const [home, abroad] = invoices;
  if (!home || !abroad) throw new Error("Not billed");
  await page.goto(payLink("demo", home));
  await expect(page.getByText("In NZD: pay it by its own link.")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.goto(payLink("demo", abroad, { currency: "AUD" }));
  await arrive(page, "We can't open this link");

  await page.goto(payLink("demo", abroad));
  await pay(page, PAT);
  const [charge] = await simulator.charges(abroad.minor);
  expect(charge?.currency).toBe("nzd");
  await paidInXero(ground, [abroad]);
});
