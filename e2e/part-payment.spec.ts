import { arrive } from "./support/arrive.ts";
import { mirrored, oneInvoice } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { openDetails, PAT, payByCard, payLink, receipt, sendDetails, toDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

test("Where the firm takes parts, a client types how much to pay; what is left stays owed and can be paid", async ({
  page,
  ground,
  newVisitor,
}) => {
  await signIn(page, DEMO_PEOPLE.harbourOwner, "/firms/quickfee/harbour/settings/firm");
  const settings = page.locator("#part-payment");
  await settings.getByLabel("Clients may pay a part of an invoice").check();
  await settings.getByLabel("At least, in GBP").fill("a lot");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByText("Type an amount like 50.00.").first()).toBeVisible();
  await settings.getByLabel("At least, in GBP").fill("100.00");
  await settings.getByLabel("From how many invoices at once").fill("0");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByText("At least 1.").first()).toBeVisible();
  await settings.getByLabel("From how many invoices at once").fill("1");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByRole("status")).toContainText("Clients may pay a part now.");

  const invoice = await oneInvoice(ground);
  const payer = await newVisitor();
  await openDetails(payer, invoice);
  const amount = payer.getByLabel(`Amount for ${invoice.number}`);
  await payer.getByText("Pay a part").click();
  await amount.fill("99.99");
  await payer.getByRole("button", { name: "Use this amount" }).click();
  await arrive(payer, "Your details");
  await expect(payer.locator("#errors")).toContainText("Type an amount from £100.00 to");
  await expect(amount).toHaveValue("99.99");
  await amount.fill("120");
  await payer.getByRole("button", { name: "Use this amount" }).click();
  await expect(payer.getByRole("button", { name: "Pay £120.00" })).toBeVisible();
  await expect(payer.getByText(`a part of ${invoice.amount}`)).toBeVisible();
  await sendDetails(payer, PAT);
  await payByCard(payer);
  await receipt(payer);

  const left = invoice.minor - 12_000;
  await mirrored(ground, [{ id: invoice.id, due: left }]);
  await payer.goto(payLink("harbour", invoice));
  await expect(payer.getByText(`£${(left / 100).toFixed(2)}`).first()).toBeVisible();
  await toDetails(payer);
  await sendDetails(payer, PAT);
  await payByCard(payer);
  await receipt(payer);
  await expect
    .poll(async () => (await ground.simulator.invoice("harbour", invoice.number)).status)
    .toBe("PAID");
  const paid = (await ground.simulator.paymentsOf(invoice)).map((one) => one.amount);
  expect(paid.sort((a, b) => a - b)).toEqual([12_000, left].sort((a, b) => a - b));

  await settings.getByLabel("Clients may pay a part of an invoice").uncheck();
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByRole("status")).toContainText("Each invoice is paid in full.");
});
