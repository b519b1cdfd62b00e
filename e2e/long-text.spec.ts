import { bill, unique } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { payByCard, payLink, receipt, sendDetails, toDetails } from "./support/payer.ts";

test("C8: no text is too long for the pay pages: number, name, e-mail", async ({ page, ground }) => {
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
});
