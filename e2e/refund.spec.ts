import { arrive } from "./support/arrive.ts";
import { oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { openDetails, PAT, payByCard, receipt, sendDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const FIRM = "/firms/quickfee/harbour";

type Credit = { reference: string; total: number; remainingCredit: number; status: string };

test("G4: staff give a part back, Stripe's dashboard the rest: both are credit notes in Xero, paid out, and told; and staff hear of one that the bank returns", async ({
  page,
  ground,
  newVisitor,
}) => {
  const invoice = await oneInvoice(ground);
  const { simulator } = ground;
  const email = `refunded-${invoice.minor}@clients.example`;
  const payer = await newVisitor();
  await openDetails(payer, invoice);
  await sendDetails(payer, { ...PAT, email });
  await payByCard(payer);
  const reference = await receipt(payer);
  await paidInXero(ground, [invoice]);
  const { tenantId } = await simulator.organisation("harbour");
  const credits = async () =>
    (
      await simulator.control<{ creditNotes: Credit[] }>(
        "GET",
        `/control/xero/credit-notes?tenantId=${tenantId}&contactId=${invoice.contactId}`,
      )
    ).creditNotes.map(({ total, remainingCredit, status }) => ({ total, remainingCredit, status }));

  await signIn(page, DEMO_PEOPLE.harbourOwner, `${FIRM}/payments`);
  await page.getByRole("searchbox", { name: "Find" }).fill(reference);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("table", { name: "Payments" }).locator("tbody").getByRole("link").first().click();
  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await arrive(page, "Refund");

  await expect(page.getByLabel("Amount in GBP")).toHaveValue("");
  await page.getByLabel("Amount in GBP").fill("9999");
  await page.getByRole("button", { name: "Review refund" }).click();
  await expect(page.getByText(/At most £.* can be refunded\.$/).first()).toBeVisible();
  await page.getByLabel("Amount in GBP").fill("10.00");
  await page.keyboard.press("Enter");
  await page.getByLabel("Reason").fill("Charged twice");
  await page.keyboard.press("Enter");
  await page.keyboard.type("by mistake");
  expect(await credits()).toEqual([]);
  await page.getByRole("button", { name: "Refund £10.00" }).click();
  await expect(page.getByRole("status")).toContainText("£10.00 is refunded.");
  await expect(page.getByRole("button", { name: /^Refund/ })).toHaveCount(0);
  await expect(page.getByText("Refunded", { exact: true })).toBeVisible();
  await expect.poll(credits).toEqual([{ total: 1_000, remainingCredit: 0, status: "PAID" }]);
  await expect
    .poll(async () => (await simulator.letters(email, "Refund")).map(({ subject }) => subject))
    .toEqual([expect.stringContaining("£10.00")]);

  const [session] = await simulator.sessions(invoice.minor);
  const rest = await simulator.control<{ id: string }>("POST", "/control/stripe/refund", {
    payment: session?.id,
  });
  await expect
    .poll(async () => (await credits()).map(({ total }) => total).sort())
    .toEqual([1_000, invoice.minor - 1_000].sort());
  await page.reload();
  await page.goto(page.url().replace(/\?.*/, ""));
  await expect(page.getByText("Nothing of this payment is left to refund.")).toBeVisible();
  await expect(page.getByText("Made in Stripe")).toBeVisible();

  await simulator.control("POST", "/control/stripe/refund-answer", {
    refund: rest.id,
    answer: "lost_or_stolen_card",
  });
  const told = async () =>
    (await simulator.letters(DEMO_PEOPLE.harbourOwner, "did not reach the client")).filter(({ text }) =>
      text?.includes(invoice.number),
    ).length;
  await expect.poll(told).toBe(1);
});

test("A disputed payment: staff read the deadline; lost, it is owed again in Xero; won after all, it is paid again", {
  tag: "@once",
}, async ({ page, ground, newVisitor }) => {
  const invoice = await oneInvoice(ground);
  const { simulator } = ground;
  const payer = await newVisitor();
  await openDetails(payer, invoice);
  await sendDetails(payer, PAT);
  await payByCard(payer);
  await receipt(payer);
  await paidInXero(ground, [invoice]);
  const [session] = await simulator.sessions(invoice.minor);
  const { id } = await simulator.control<{ id: string }>("POST", "/control/stripe/dispute", {
    payment: session?.id,
  });

  await signIn(page, DEMO_PEOPLE.harbourOwner, FIRM);
  await expect(async () => {
    await page.reload();
    await expect(page.locator("#needs-you")).toContainText("A dispute or inquiry to answer", {
      timeout: 500,
    });
  }).toPass();
  await page.goto(`${FIRM}/to-do`);
  await page
    .getByRole("region", { name: "Disputes and inquiries to answer" })
    .getByRole("link", { name: `${PAT.name}: ${invoice.number}` })
    .click();
  const disputes = page.locator("#disputes");
  await expect(disputes.getByText("Disputed: answer needed")).toBeVisible();
  await simulator.control("POST", "/control/stripe/dispute-answer", { dispute: id, answer: "lost" });
  await expect
    .poll(async () => (await simulator.invoice("harbour", invoice.number)).status)
    .toBe("AUTHORISED");
  await page.reload();
  await expect(disputes.getByText("Lost", { exact: true })).toBeVisible();
  await expect(disputes).toContainText("its invoices are owed again");
  await expect(page.getByText("Taken off in Xero", { exact: true })).toBeVisible();

  await simulator.control("POST", "/control/stripe/dispute-answer", { dispute: id, answer: "won" });
  await expect.poll(async () => (await simulator.invoice("harbour", invoice.number)).status).toBe("PAID");
  await page.reload();
  await expect(disputes.getByText("Won", { exact: true })).toBeVisible();
  await expect(disputes).toContainText("the payment stands in Xero");
});
