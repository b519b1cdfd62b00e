import { arrive } from "./support/arrive.ts";
import { bill } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { PAT, payByCard, payLink, receipt, sendDetails } from "./support/payer.ts";

test("An invoice under the smallest online payment says so, what to do and that nothing was charged", async ({
  page,
  ground,
}) => {
  const [small] = (await bill(ground, "harbour", [{ total: "0.29" }])).invoices;
  if (!small) throw new Error("Not billed");
  await page.goto(payLink("harbour", small));
  await arrive(page, "This can't be paid online");
  const main = page.locator("main");
  await expect(main).toContainText("Nothing was charged.");
  await expect(main).toContainText(`${small.number}, £0.29: The smallest online payment is £0.30.`);
  await expect(main).toContainText("To pay another way, ask");
  await expect(page.getByRole("button")).toHaveCount(0);
});

test("Two that are too small by themselves are paid together @once", async ({ page, open }) => {
  const [first, second] = (await bill(open, "demo", [{ total: "0.29" }, { total: "0.31" }])).invoices;
  if (!first || !second) throw new Error("Not billed");
  await page.goto(payLink("demo", first));
  await arrive(page, "Your invoices");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("The smallest online payment is A$0.50. Select more invoices")).toBeVisible();
  await page.getByRole("checkbox", { name: second.number }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await arrive(page, "Your details");
  await sendDetails(page, PAT);
  await payByCard(page);
  await receipt(page);
});
