import { bill, unique } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { payByCard, payLink, receipt, sendDetails, toDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const FIRM = "/firms/quickfee/harbour";

test("C8: no text is too long for the pay pages, nor for what staff see of it: number, name, e-mail", async ({
  page,
  ground,
}) => {
  const number = `${unique()}${"W".repeat(255)}`.slice(0, 255);
  const [invoice] = (await bill(ground, "harbour", [{ number, total: "93.93" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  const fits = async (what: string) =>
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      what,
    ).toBeLessThanOrEqual(0);
  await page.goto(payLink("harbour", invoice));
  await fits("the invoice");
  await toDetails(page);
  await fits("the details");
  await sendDetails(page, { name: "N".repeat(120), email: `${"e".repeat(60)}@${"d".repeat(60)}.example` });
  await payByCard(page);
  await receipt(page);
  await fits("the receipt");
  await signIn(page, DEMO_PEOPLE.harbourOwner, FIRM);
  await fits("home");
  await page.goto(`${FIRM}/payments`);
  await fits("the payments");
  await page.getByRole("table", { name: "Payments" }).locator("tbody").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("£93.93");
  await fits("the payment");
  await page.goto(`${FIRM}/to-do`);
  await fits("the to-do list");
});
