import { arrive } from "./support/arrive.ts";
import { mirrored, oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import {
  atProcessor,
  CARD,
  fillDetails,
  openDetails,
  PAT,
  pay,
  payByCard,
  payLink,
  receipt,
  sendDetails,
  toDetails,
} from "./support/payer.ts";

const BEGUN = "A payment was begun and not finished";

test("Two tabs: the second gives the first one up, and one charge is made", async ({
  page,
  context,
  ground,
}) => {
  const invoice = await oneInvoice(ground);
  const second = await context.newPage();
  await openDetails(page, invoice);
  await openDetails(second, invoice);
  await sendDetails(page, PAT);
  await atProcessor(page);
  await sendDetails(second, PAT);
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
  newVisitor,
}) => {
  const invoice = await oneInvoice(ground);
  const other = await newVisitor();
  await openDetails(other, invoice);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await atProcessor(page);

  await sendDetails(other, PAT);
  await arrive(other, BEGUN);
  await expect(other.getByText("so nothing is charged twice")).toBeVisible();
  await other.getByRole("link", { name: "Look again" }).click();
  await arrive(other, BEGUN);
  await other.goto(payLink("harbour", invoice));
  await arrive(other, BEGUN);
  await payByCard(page);
  await receipt(page);
  await other.getByRole("link", { name: "Look again" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/On its way|Paid already/);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("Left at Stripe: whoever has the right link starts again on another device at once, and one charge is made", async ({
  page,
  ground,
  newVisitor,
}) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await atProcessor(page);

  const other = await newVisitor();
  await other.goto(payLink("harbour", invoice));
  await arrive(other, BEGUN);
  await expect(other.getByRole("main")).toContainText(
    /begun at \d\d:\d\d and not finished.* ends by itself at \d\d:\d\d/,
  );
  for (const typed of [PAT.name, PAT.email]) expect(await other.content()).not.toContain(typed);
  await other.getByRole("button", { name: "Start again" }).click();
  await arrive(other, `Invoice ${invoice.number}`);
  await pay(other, { name: "Kim Client", email: "kim@clients.example" });
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("A dropped webhook: the payer's return records the payment, once", { tag: "@once" }, async ({
  page,
  ground,
}) => {
  const invoice = await oneInvoice(ground);
  await ground.simulator.control("POST", "/control/stripe/webhook-faults", { drop: 1 });
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await payByCard(page);
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
  await page.goto(page.url().replace(/receipt$/, "return"));
  expect(await receipt(page)).toBe(reference);
  expect(await ground.query("select 1 from allocations where invoice_id = $1", [invoice.id])).toHaveLength(1);
});

test("Back from the processor while the desk's database fails: words that say not to pay again, and later the receipt", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await payByCard(page);
  await receipt(page);
  const back = page.url().replace(/receipt$/, "return");
  await ground.query("alter table checkouts rename to checkouts_away");
  try {
    const answer = await fetch(back, { redirect: "manual", headers: { "x-forwarded-for": ownAddress() } });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, page.url()]);
    const shown = await (await fetch(page.url())).text();
    expect(shown).toMatch(/don&#x27;t pay again/);
  } finally {
    await ground.query("alter table checkouts_away rename to checkouts");
  }
  await page.goto(back);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("A form whose answer never came can be sent again after a while, and pays once", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  await page.clock.install();
  await openDetails(page, invoice);
  await fillDetails(page, PAT);
  let asked = 0;
  // With 204 a browser stays on its page, as after Stop.
  await page.route("**/pay", (route) => {
    asked += 1;
    return asked === 1
      ? route.fulfill({ status: 204, headers: { "content-security-policy": "default-src 'none'" } })
      : route.continue();
  });
  await page.getByRole("button", { name: /^Pay / }).click();
  await expect.poll(() => asked).toBe(1);
  const sent = page.getByRole("button", { name: "One moment" });
  await sent.click({ force: true });
  await page.clock.fastForward(11_000);
  expect(asked).toBe(1);
  await sent.click({ force: true });
  await payByCard(page);
  await receipt(page);
  expect(asked).toBe(2);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("The payer closes the page after paying: the webhook records it, and the link says so later", {
  tag: "@once",
}, async ({ page, ground, newVisitor }) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await atProcessor(page);
  const session = /\/c\/pay\/([^/?#]+)/.exec(page.url())?.[1];
  await page.close();
  await ground.simulator.control("POST", "/control/stripe/complete", { session });
  await paidInXero(ground, [invoice]);
  await mirrored(ground, [{ id: invoice.id, due: 0 }]);
  const later = await newVisitor();
  await later.goto(payLink("harbour", invoice));
  await arrive(later, "Paid already");
});

test("A duplicated webhook changes nothing: one payment in Xero, one receipt by mail", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  const email = `twice-${invoice.number.toLowerCase()}@clients.example`;
  await ground.simulator.control("POST", "/control/stripe/webhook-faults", { duplicate: 1 });
  await openDetails(page, invoice);
  await sendDetails(page, { name: PAT.name, email });
  await payByCard(page);
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
  await expect.poll(async () => (await ground.simulator.letters(email)).length).toBe(1);
});

test("A declined card charges nothing; another card pays", async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await payByCard(page, CARD.declined);
  await expect(page.getByRole("alert")).toContainText("Your card was declined.");
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(0);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("3-D Secure: the bank is asked; a refusal charges nothing, a yes pays", async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
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
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
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
  await sendDetails(page, PAT);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});

test("The processor is down: temporarily unavailable, nothing charged; later it goes on", async ({
  page,
  ground,
}) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await ground.simulator.fault("/v1/*", { kind: "status", status: 503 });
  await sendDetails(page, PAT);
  await arrive(page, "Online payment is temporarily unavailable");
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(0);

  await ground.simulator.clearFaults();
  await page.getByRole("link", { name: "Try again" }).click();
  await arrive(page, "Your details");
  await sendDetails(page, PAT);
  await payByCard(page);
  await receipt(page);
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(1);
});
