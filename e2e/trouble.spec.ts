import type { Browser, Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { bill, type Made, mirrored, paidInXero } from "./support/billing.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { atProcessor, CARD, payByCard, payLink, receipt, sendDetails, toDetails } from "./support/payer.ts";
import { allowAccess, DEMO_PEOPLE, signIn, signInAtXero } from "./support/staff.ts";

const payer = { name: "Pat Payer", email: "pat@clients.example" };
let cents = 0;

/** One invoice of a new client, over an amount that no other test charges. */
async function one(ground: Ground): Promise<Made> {
  cents += 1;
  const [invoice] = (await bill(ground, "harbour", [{ total: `${500 + cents}.${String(10 + cents)}` }]))
    .invoices;
  if (!invoice) throw new Error("Not billed");
  return invoice;
}

async function openDetails(page: Page, invoice: Made): Promise<void> {
  await page.goto(payLink("harbour", invoice));
  await toDetails(page);
}

async function anotherPerson(browser: Browser, ground: Ground): Promise<Page> {
  const context = await browser.newContext({
    baseURL: ground.webUrl,
    extraHTTPHeaders: { "x-forwarded-for": ownAddress() },
  });
  return context.newPage();
}

test("Two tabs: the second gives the first one up, and one charge is made", async ({
  page,
  context,
  ground,
}) => {
  const invoice = await one(ground);
  const second = await context.newPage();
  await openDetails(page, invoice);
  await openDetails(second, invoice);
  await sendDetails(page, payer);
  await atProcessor(page);
  await sendDetails(second, payer);
  await atProcessor(second);

  await payByCard(page);
  await expect(page.getByRole("heading", { name: "This checkout has timed out" })).toBeVisible();
  await payByCard(second);
  const reference = await receipt(second);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
});

test("Someone else is paying now: a second payer is told so, before and at Pay", async ({
  page,
  ground,
  browser,
}) => {
  const invoice = await one(ground);
  const other = await anotherPerson(browser, ground);
  await openDetails(other, invoice);
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await atProcessor(page);

  await sendDetails(other, payer);
  await arrive(other, "A payment is being made now");
  await expect(other.getByText("Nothing is charged twice.")).toBeVisible();
  await other.getByRole("link", { name: "Look again" }).click();
  await arrive(other, "A payment is being made now");
  await other.goto(payLink("harbour", invoice));
  await arrive(other, "A payment is being made now");
  await payByCard(page);
  await receipt(page);
  await other.getByRole("link", { name: "Look again" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/On its way|Paid already/);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
  await other.context().close();
});

test("A dropped webhook: the payer's return records the payment, once", { tag: "@once" }, async ({
  page,
  ground,
}) => {
  const invoice = await one(ground);
  await ground.simulator.control("POST", "/control/stripe/webhook-faults", { drop: 1 });
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await payByCard(page);
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
  await page.goto(page.url().replace(/receipt$/, "return"));
  expect(await receipt(page)).toBe(reference);
  expect(await ground.query("select 1 from allocations where invoice_id = $1", [invoice.id])).toHaveLength(1);
});

test("The payer closes the page after paying: the webhook records it, and the link says so later", {
  tag: "@once",
}, async ({ page, ground, browser }) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await atProcessor(page);
  const session = /\/c\/pay\/([^/?#]+)/.exec(page.url())?.[1];
  await page.close();
  await ground.simulator.control("POST", "/control/stripe/complete", { session });
  await paidInXero(ground, [invoice]);
  await mirrored(ground, [{ id: invoice.id, due: 0 }]);
  const later = await anotherPerson(browser, ground);
  await later.goto(payLink("harbour", invoice));
  await arrive(later, "Paid already");
  await later.context().close();
});

test("A duplicated webhook changes nothing: one payment in Xero, one receipt by mail", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await one(ground);
  const email = `twice-${invoice.number.toLowerCase()}@clients.example`;
  await ground.simulator.control("POST", "/control/stripe/webhook-faults", { duplicate: 1 });
  await openDetails(page, invoice);
  await sendDetails(page, { name: payer.name, email });
  await payByCard(page);
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
  await expect.poll(async () => (await ground.simulator.letters(email)).length).toBe(1);
});

test("A declined card charges nothing; another card pays", async ({ page, ground }) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await payByCard(page, CARD.declined);
  await expect(page.getByRole("alert")).toContainText("Your card was declined.");
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(0);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("3-D Secure: the bank is asked; a refusal charges nothing, a yes pays", async ({ page, ground }) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await payByCard(page, CARD.asksBank);
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(0);
  await payByCard(page, CARD.asksBank);
  await page.getByRole("button", { name: "Complete authentication" }).click();
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
});

test("Back from the processor without paying: nothing was charged, and the payment can go on", async ({
  page,
  ground,
}) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await atProcessor(page);
  const hosted = page.url();
  await page.getByRole("link", { name: "Back" }).click();
  await arrive(page, "You came back without paying");
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  await page.getByRole("link", { name: "Continue to payment" }).click();
  await atProcessor(page);
  expect(page.url()).toBe(hosted);
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByRole("link", { name: "Back to the invoices" }).click();
  await arrive(page, `Invoice ${invoice.number}`);
  await toDetails(page);
  await sendDetails(page, payer);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("The processor is down: Not just now, nothing charged; later it goes on", async ({ page, ground }) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await ground.simulator.fault("/v1/*", { kind: "status", status: 503 });
  await sendDetails(page, payer);
  await arrive(page, "Not just now");
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(0);

  await ground.simulator.clearFaults();
  await page.getByRole("link", { name: "Try again" }).click();
  await arrive(page, "Your details");
  await sendDetails(page, payer);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("Xero is down at Pay: what it said a moment ago still counts, and the payment arrives there", async ({
  page,
  ground,
}) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await ground.simulator.fault("/api.xro/2.0/*", { kind: "status", status: 503 }, { method: "GET" });
  await sendDetails(page, payer);
  await atProcessor(page);
  await ground.simulator.clearFaults();
  await payByCard(page);
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
});

test("Xero is down and the mirror old: Not just now", { tag: "@once" }, async ({ page, ground }) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await ground.query("update invoices set seen_at = now() - interval '16 minutes' where invoice_id = $1", [
    invoice.id,
  ]);
  await ground.simulator.fault("/api.xro/2.0/*", { kind: "status", status: 503 }, { method: "GET" });
  await sendDetails(page, payer);
  await arrive(page, "Not just now");
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);
});

test("The amount changed between looking and paying: old beside new, and only the new is charged", async ({
  page,
  ground,
}) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await ground.simulator.inside("harbour", "pay", { invoice: invoice.id, amount: "100.00", account: "612" });
  await sendDetails(page, payer);
  await arrive(page, "The amount has changed since you looked");
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);
  const left = ((invoice.minor - 10_000) / 100).toFixed(2);
  await expect(page.getByRole("table")).toContainText(invoice.amount);
  await expect(page.getByRole("table")).toContainText(left);
  await page.getByRole("button", { name: `Pay £${left}` }).click();
  await arrive(page, "Your details");
  await sendDetails(page, payer);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor - 10_000)).toHaveLength(1);
  await expect
    .poll(async () => (await ground.simulator.invoice("harbour", invoice.number)).status)
    .toBe("PAID");
});

test("The invoice is voided between looking and paying: nothing is due, nothing is charged", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await ground.simulator.inside("harbour", "invoice", { invoice: invoice.id, status: "VOIDED" });
  await sendDetails(page, payer);
  await arrive(page, "The amount has changed since you looked");
  await expect(page.getByText("Nothing is due any more.")).toBeVisible();
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);
});

test("On its way: while Xero has not got the payment yet, the link says so and takes no second one", async ({
  page,
  ground,
  browser,
}) => {
  const { without } = ground;
  if (!without) return test.skip(true, "The worker of a given address can't be stopped from here");
  const invoice = await one(ground);
  await openDetails(page, invoice);
  await sendDetails(page, payer);
  await atProcessor(page);
  const other = await anotherPerson(browser, ground);
  await without("worker", async () => {
    await payByCard(page);
    await receipt(page);
    await expect(page.getByText("will show it within a few minutes")).toBeVisible();
    await other.goto(payLink("harbour", invoice));
    await arrive(other, "On its way");
    await expect(
      other.getByText("There is nothing more to pay, and nothing is charged twice."),
    ).toBeVisible();
  });
  await paidInXero(ground, [invoice]);
  await other.context().close();
});

test("Disconnected inside Xero: Not just now at Pay, home says so, and a reconnect mends it", {
  tag: "@once",
}, async ({ page, ground, browser }) => {
  const invoice = await one(ground);
  const { tenantId } = await ground.simulator.organisation("harbour");
  await openDetails(page, invoice);
  await ground.simulator.control("POST", "/control/identity/disconnect", {
    tenantId,
    clientId: "5BC0UNTERF01LDEM0000000000000001",
  });
  await sendDetails(page, payer);
  await arrive(page, "Not just now");
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);

  const staff = await anotherPerson(browser, ground);
  await signIn(staff, DEMO_PEOPLE.harbourOwner, "/firms/quickfee/harbour");
  await expect(staff.locator("#connected")).toContainText("Disconnected in Xero");
  await staff.goto("/firms/quickfee/harbour/connections");
  await staff.getByRole("button", { name: "Reconnect" }).click();
  await signInAtXero(staff, "harbour");
  await allowAccess(staff, "harbour");
  await arrive(staff, "Connections");
  await expect(staff.getByText("The connection is renewed.")).toBeVisible();
  await staff.context().close();

  await page.getByRole("link", { name: "Try again" }).click();
  await arrive(page, "Your details");
  await sendDetails(page, payer);
  await payByCard(page);
  await receipt(page);
  await paidInXero(ground, [invoice]);
});

test("The worker dies with the payment taken: its successor writes it, once", { tag: "@once" }, async ({
  page,
  ground,
}) => {
  const { crash, simulator } = ground;
  if (!crash) return test.skip(true, "The worker of a given address can't be ended from here");
  const invoice = await one(ground);
  const email = `crash-${invoice.number.toLowerCase()}@clients.example`;
  await openDetails(page, invoice);
  await sendDetails(page, { name: payer.name, email });
  await atProcessor(page);
  await simulator.fault(
    "/api.xro/2.0/Payments",
    { kind: "hang-after", ms: 3_000 },
    { method: "PUT", times: 1 },
  );
  await simulator.fault(
    "/api.xro/2.0/Payments",
    { kind: "hang-after", ms: 3_000 },
    { method: "POST", times: 1 },
  );
  await payByCard(page);
  await receipt(page);
  await expect.poll(async () => (await simulator.paymentsOf(invoice)).length).toBe(1);
  await crash("worker");
  const posting = `select p.state from postings p join allocations a on a.capture_id = p.source_id where a.invoice_id = $1`;
  await expect
    .poll(async () => (await ground.query(posting, [invoice.id]))[0]?.state, { timeout: 50_000 })
    .toBe("done");
  expect(await simulator.paymentsOf(invoice)).toHaveLength(1);
  expect(await simulator.charges(invoice.minor)).toHaveLength(1);
  await expect.poll(async () => (await simulator.letters(email)).length).toBe(1);
});
