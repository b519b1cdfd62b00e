import { arrive } from "./support/arrive.ts";
import { oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { AFTER_KILL_MS, TAKE_UP_MS } from "./support/mode.ts";
import {
  atProcessor,
  openDetails,
  PAT,
  payByCard,
  payLink,
  receipt,
  sendDetails,
  toDetails,
} from "./support/payer.ts";
import { allowAccess, DEMO_PEOPLE, signIn, signInAtXero } from "./support/staff.ts";

test("Xero is down at Pay: what it said a moment ago still counts, and the payment arrives there", async ({
  page,
  ground,
}) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await ground.simulator.fault("/api.xro/2.0/*", { kind: "status", status: 503 }, { method: "GET" });
  await sendDetails(page, PAT);
  await atProcessor(page);
  await ground.simulator.clearFaults();
  await payByCard(page);
  const reference = await receipt(page);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
  // Whoever goes back to a page that said "Nothing was charged" is shown that it was.
  const checkout = page.url().replace(/\/receipt$/, "");
  for (const earlier of ["waiting?why=not-now", "waiting?why=refused", "cancelled"]) {
    await page.goto(`${checkout}/${earlier}`);
    await arrive(page, "Receipt");
  }
});

test("What was reserved is let go when Xero can't say what is owed: the payer reads that nothing was charged, and why", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await atProcessor(page);
  const html = { kind: "odd-answer", odd: "html" };
  await ground.simulator.fault("/api.xro/2.0/Invoices", html, { method: "GET" });
  // Longer ago than a reading counts as the last look.
  const read = "update invoices set seen_at = now() - interval '1 minute' where invoice_id = $1";
  await ground.query(read, [invoice.id]);
  await payByCard(page);
  await arrive(page, "Your payment was not taken");
  await expect(page.getByText("Nothing was charged.", { exact: true })).toBeVisible();
  expect(await ground.simulator.charges(invoice.minor)).toHaveLength(0);
  await ground.simulator.clearFaults();
  await page.goto(page.url().replace(/\/waiting.*$/, "/cancelled"));
  await arrive(page, "Your payment was not taken");
  await page.getByRole("link", { name: "See what is owed" }).click();
  await toDetails(page);
});

test("B1: Xero is down, its webhooks are off, and nothing was heard of the invoice for a week: it is paid, and posted later", {
  tag: "@once",
}, async ({ page, ground }) => {
  test.slow();
  const { simulator } = ground;
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await simulator.control("POST", "/control/webhooks/faults", { drop: 1 });
  await simulator.fault("/api.xro/2.0/*", { kind: "status", status: 503 }, {});
  const read = "update invoices set seen_at = now() - interval '7 days' where invoice_id = $1";
  await ground.query(read, [invoice.id]);
  await sendDetails(page, PAT);
  await payByCard(page);
  const reference = await receipt(page);
  expect(await simulator.paymentsOf(invoice)).toHaveLength(0);
  await simulator.clearFaults();
  // What Xero did not answer to is looked for twice, ten seconds apart, before it is sent again.
  await expect.poll(async () => (await simulator.paymentsOf(invoice)).length, { timeout: 90_000 }).toBe(1);
  expect(await paidInXero(ground, [invoice])).toEqual([reference]);
});

test("B1: Xero is down, and its changes were last read longer ago than the firm allows", {
  tag: "@once",
}, async ({ page, ground }) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await ground.simulator.fault("/api.xro/2.0/*", { kind: "status", status: 503 }, { method: "GET" });
  const read = "update sync_cursors set synced_at = now() - interval '7 hours' where kind = 'invoices'";
  await ground.query(read, []);
  await sendDetails(page, PAT);
  await arrive(page, "Online payment is temporarily unavailable");
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);
  await ground.simulator.clearFaults();
  await ground.query("update sync_cursors set synced_at = now(), due_at = now() where kind = 'invoices'", []);
});

test("The amount changed between looking and paying: old beside new, and only the new is charged", async ({
  page,
  ground,
}) => {
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await ground.simulator.inside("harbour", "pay", { invoice: invoice.id, amount: "100.00", account: "612" });
  await sendDetails(page, PAT);
  await arrive(page, "The amount has changed since you looked");
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);
  const left = ((invoice.minor - 10_000) / 100).toFixed(2);
  await expect(page.getByRole("table")).toContainText(invoice.amount);
  await expect(page.getByRole("table")).toContainText(left);
  await page.getByRole("button", { name: `Pay £${left}` }).click();
  await arrive(page, "Your details");
  await sendDetails(page, PAT);
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
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await ground.simulator.inside("harbour", "invoice", { invoice: invoice.id, status: "VOIDED" });
  await sendDetails(page, PAT);
  await arrive(page, "The amount has changed since you looked");
  await expect(page.getByText("Nothing is due any more.")).toBeVisible();
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);
});

test("On its way: while Xero has not got the payment yet, the link says so and takes no second one", async ({
  page,
  ground,
  newVisitor,
}) => {
  const { without } = ground;
  if (!without) return test.skip(true, "The worker of a given address can't be stopped from here");
  const invoice = await oneInvoice(ground);
  await openDetails(page, invoice);
  await sendDetails(page, PAT);
  await atProcessor(page);
  const other = await newVisitor();
  await without("worker", async () => {
    await payByCard(page);
    await receipt(page);
    await expect(page.getByText("will show it, as a rule within a few minutes")).toBeVisible();
    await other.goto(payLink("harbour", invoice));
    await arrive(other, "On its way");
    await expect(
      other.getByText("There is nothing more to pay, and nothing is charged twice."),
    ).toBeVisible();
  });
  await paidInXero(ground, [invoice]);
});

test("Disconnected inside Xero: temporarily unavailable at Pay, home says so, and a reconnect mends it", {
  tag: "@once",
}, async ({ page, ground, newVisitor }) => {
  const invoice = await oneInvoice(ground);
  const { tenantId } = await ground.simulator.organisation("harbour");
  await openDetails(page, invoice);
  await ground.simulator.control("POST", "/control/identity/disconnect", {
    tenantId,
    clientId: "5BC0UNTERF01LDEM0000000000000001",
  });
  await sendDetails(page, PAT);
  await arrive(page, "Online payment is temporarily unavailable");
  expect(await ground.simulator.sessions(invoice.minor)).toHaveLength(0);

  const staff = await newVisitor();
  await signIn(staff, DEMO_PEOPLE.harbourOwner, "/firms/quickfee/harbour");
  await expect(staff.locator("#connected")).toContainText("Disconnected in Xero");
  await staff.goto("/firms/quickfee/harbour/connections");
  await staff.getByRole("button", { name: "Reconnect" }).click();
  await signInAtXero(staff, "harbour");
  await allowAccess(staff, "harbour");
  await arrive(staff, "Connections");
  await expect(staff.getByText("The connection is renewed.")).toBeVisible();

  await page.getByRole("link", { name: "Try again" }).click();
  await arrive(page, "Your details");
  await sendDetails(page, PAT);
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
  test.setTimeout(2 * (AFTER_KILL_MS + 60_000));
  const invoice = await oneInvoice(ground);
  const email = `crash-${invoice.number.toLowerCase()}@clients.example`;
  await openDetails(page, invoice);
  await sendDetails(page, { name: PAT.name, email });
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
    .poll(async () => (await ground.query(posting, [invoice.id]))[0]?.state, { timeout: 50_000 + TAKE_UP_MS })
    .toBe("done");
  expect(await simulator.paymentsOf(invoice)).toHaveLength(1);
  expect(await simulator.charges(invoice.minor)).toHaveLength(1);
  // The one that was killed may have had the receipt in hand.
  await expect
    .poll(async () => (await simulator.letters(email)).length, { timeout: AFTER_KILL_MS + 15_000 })
    .toBe(1);
});
