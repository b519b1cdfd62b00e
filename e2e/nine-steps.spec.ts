import { arrive } from "./support/arrive.ts";
import { expect, test } from "./support/fixtures.ts";
import { atProcessor, payByCard, receipt, sendDetails, toDetails } from "./support/payer.ts";
import {
  allowAccess,
  booksRead,
  chooseClearing,
  DEMO_APP,
  DEMO_PEOPLE,
  goToConsent,
  ORGANISATION,
  sendCompanyApp,
  signIn,
  signOut,
} from "./support/staff.ts";

test.use({ story: "nothing connected yet" });

test("The guide's nine steps: from nothing connected to INV-2009 PAID in Xero", async ({ page, ground }) => {
  const { simulator } = ground;
  const place = "quickfee/demo";
  const home = `/firms/${place}`;
  const payer = { name: "Bea Bayside", email: "bea@bayside-club.example" };

  await test.step("1: the broker saves the Xero app", async () => {
    await signIn(page, DEMO_PEOPLE.broker);
    await sendCompanyApp(page, place, DEMO_APP);
    await expect(page.getByText("Saved. Xero took this client id with its secret.")).toBeVisible();
    await signOut(page);
  });

  await test.step("2: the firm's user signs in and presses Connect", async () => {
    await signIn(page, DEMO_PEOPLE.demoOwner, home);
    await arrive(page, "Demo Accountants");
    await expect(page.getByText("Xero is not connected")).toBeVisible();
    await goToConsent(page, place, "demo");
  });

  await test.step("3: Allow access leads back here, connected", async () => {
    await allowAccess(page, "demo");
    await arrive(page, "Connections");
    await expect(page.getByText("Xero is connected.")).toBeVisible();
    await expect(page.getByRole("heading", { name: ORGANISATION.demo })).toBeVisible();
    await booksRead(ground, "demo");
    await chooseClearing(page, place);
  });

  await test.step("4: home says that it is connected", async () => {
    await page.goto(home);
    await arrive(page, "Demo Accountants");
    await expect(page.locator("#connected")).toContainText(ORGANISATION.demo);
    await expect(page.locator("#connected")).toContainText("Connected");
    await expect(page.getByRole("button", { name: "Connect Xero" })).toHaveCount(0);
    await signOut(page);
  });

  await test.step("5: the firm sets the custom URL in its own Xero", async () => {
    const { tenantId } = await simulator.organisation("demo");
    const url = `${ground.webUrl}/qsopus/#/company/quickfee/firm/demo/invoiceNo/[INVOICENUMBER]/amount/[AMOUNTDUE]`;
    await page.goto(`${simulator.url}/settings-online-payments/${tenantId}`);
    await page.getByLabel("Name").fill("QSOP");
    await page.getByLabel("Custom payment URL").fill(url);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Saved.");
  });

  await test.step("6: the invoice carries the link", async () => {
    const { onlineInvoiceUrl } = await simulator.invoice("demo", "INV-2009");
    await page.goto(onlineInvoiceUrl);
    await expect(page.getByRole("link", { name: "Pay now" })).toHaveAttribute(
      "href",
      `${ground.webUrl}/qsopus/#/company/quickfee/firm/demo/invoiceNo/INV-2009/amount/2200.00`,
    );
  });

  await test.step("7: the link loads that invoice and the other outstanding ones", async () => {
    await page.getByRole("link", { name: "Pay now" }).click();
    await arrive(page, "Your invoices");
    const ticks = page.getByRole("checkbox");
    await expect(ticks).toHaveCount(3);
    await expect(page.getByRole("checkbox", { name: /INV-2009/ })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: /INV-2013/ })).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: /INV-2017/ })).not.toBeChecked();
  });

  await test.step("8: select, Continue, fill in the details", async () => {
    await toDetails(page);
    await expect(page.getByText("Paying 1 invoice")).toBeVisible();
  });

  const reference = await test.step("9: accept the terms, Continue, pay", async () => {
    await sendDetails(page, payer);
    await atProcessor(page);
    await payByCard(page);
    return receipt(page);
  });

  await expect.poll(async () => (await simulator.invoice("demo", "INV-2009")).status).toBe("PAID");
  const payments = await simulator.paymentsOf(await simulator.invoice("demo", "INV-2009"));
  expect(payments).toMatchObject([{ amount: 220_000, reference }]);
  await expect.poll(async () => (await simulator.letters(payer.email, "Receipt")).length).toBe(1);
  const [letter] = await simulator.letters(payer.email, "Receipt");
  expect(letter?.text).toContain(reference);
  expect(letter?.text).toContain("INV-2009: 2,200.00");
  await page.reload();
  await expect(page.getByText("Shown in the books of Demo Accountants.")).toBeVisible();
});
