import { arrive } from "./support/arrive.ts";
import { mirrored, oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { openDetails, PAT, payByBacs, payLink, receipt, sendDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const SETTINGS = "/firms/quickfee/harbour/settings/processor";

test("A bank debit is on its way for the payer, for others and for staff, and paid only once the bank confirms it", async ({
  page,
  ground,
  newVisitor,
}) => {
  await signIn(page, DEMO_PEOPLE.harbourOwner, SETTINGS);
  await page.getByLabel("Offer a bank debit beside cards").check();
  await page.locator("#methods").getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#methods").getByRole("status")).toContainText("payers may choose a bank debit");

  const invoice = await oneInvoice(ground);
  const payer = await newVisitor();
  await openDetails(payer, invoice);
  await sendDetails(payer, PAT);
  await payByBacs(payer);
  await arrive(payer, "On its way");
  await expect(payer.getByText("by bank debit")).toBeVisible();
  await expect(payer.getByText("nothing is charged twice")).toBeVisible();
  const other = await newVisitor();
  await other.goto(payLink("harbour", invoice));
  await arrive(other, "On its way");
  expect((await ground.simulator.invoice("harbour", invoice.number)).status).toBe("AUTHORISED");

  await page.goto("/firms/quickfee/harbour/payments");
  await arrive(page, "Payments");
  await expect(page.locator("#debits").getByText(invoice.number)).toBeVisible();

  const [session] = await ground.simulator.sessions(invoice.minor);
  await ground.simulator.control("POST", "/control/stripe/debit", { payment: session?.id });
  const references = await paidInXero(ground, [invoice]);
  await payer.reload();
  expect([await receipt(payer)]).toEqual(references);
  await expect(payer.getByText("Bank debit, account ending")).toBeVisible();
});

test("A bank debit that fails is told by letter, and its invoice can be paid again", {
  tag: "@once",
}, async ({ page, ground }) => {
  await signIn(page, DEMO_PEOPLE.harbourOwner, SETTINGS);
  await page.getByLabel("Offer a bank debit beside cards").check();
  await page.locator("#methods").getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#methods").getByRole("status")).toContainText("payers may choose a bank debit");

  const invoice = await oneInvoice(ground);
  const email = `failed-${invoice.number.toLowerCase().replace(/\W/g, "")}@clients.example`;
  await openDetails(page, invoice);
  await sendDetails(page, { ...PAT, email });
  await payByBacs(page);
  await arrive(page, "On its way");
  const [session] = await ground.simulator.sessions(invoice.minor);
  await ground.simulator.control("POST", "/control/stripe/debit", {
    payment: session?.id,
    answer: "insufficient_funds",
  });

  await expect
    .poll(async () => (await ground.simulator.letters(email)).map(({ subject }) => subject))
    .toEqual([expect.stringMatching(/^Your bank debit of £.* to .* did not go through\.$/)]);
  const [letter] = await ground.simulator.letters(email);
  await page.goto(/Pay another way: (\S+)/.exec(letter?.text ?? "")?.[1] ?? "no address");
  await arrive(page, `Invoice ${invoice.number}`);
  await mirrored(ground, [{ id: invoice.id, due: invoice.minor }]);
});
