import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { bill } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { DEMO_PEOPLE, ORGANISATION, signIn } from "./support/staff.ts";

const page_ = "/firms/quickfee/demo/settings/payment-link";

async function check(page: Page, address: string): Promise<void> {
  await page.getByLabel("Address as it stands in Xero").fill(address);
  await page.getByRole("button", { name: "Check this address" }).click();
  await expect(page.getByLabel("Address as it stands in Xero")).toHaveValue(address);
}

test("Q5: the URL to paste, where to paste it, and a checker that tells good from bad", async ({
  page,
  open,
}) => {
  const right = `${open.webUrl}/pay/quickfee/demo?short=[SHORTCODE]&currency=[CURRENCY]&amount=[AMOUNTDUE]&invoice=[INVOICENUMBER]`;
  await signIn(page, DEMO_PEOPLE.demoOwner, page_);
  await arrive(page, "Payment link");
  await expect(page.locator("#address")).toContainText(right);
  await expect(page.locator("#where")).toContainText("Custom Payment URL");
  await expect(page.locator("#where").getByRole("link", { name: ORGANISATION.demo })).toHaveAttribute(
    "href",
    /settings-online-payments/,
  );

  const findings = page.locator("#check").getByRole("status");
  const cases: [address: string, said: string][] = [
    [right, "This address is right."],
    [
      `${open.webUrl}/qsopus/#/company/quickfee/firm/demo/invoiceNo/[INVOICENUMBER]/amount/[AMOUNTDUE]`,
      "This is the older form of the link.",
    ],
    [right.replace("[INVOICENUMBER]", "[INVOICENO]"), "[INVOICENO]"],
    [right.replace("[AMOUNTDUE]", "2200.00"), "amount=2200.00 is fixed: every invoice would say so."],
    [right.replace(open.webUrl, "https://pay.elsewhere.example"), "It leads to pay.elsewhere.example"],
    [right.replace("/demo?", "/harbour?"), "It is for the firm “harbour”"],
    ["pay.example.com", "This is no complete address"],
  ];
  for (const [address, said] of cases) {
    await check(page, address);
    await expect(findings).toContainText(said);
    if (address !== right && !address.includes("#/")) await expect(findings).toContainText("Wrong");
  }
  await arrive(page, "Payment link");
});

test("Q5: pasted into Xero, the invoice's Pay now leads to the pay page, however Xero fills it in", async ({
  page,
  open,
}) => {
  const [invoice] = (await bill(open, "demo", [{ total: "1234.50" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  const { simulator } = open;
  await signIn(page, DEMO_PEOPLE.demoOwner, page_);
  const address = await page.locator("#address code").innerText();

  await page.goto(`${simulator.url}/settings-online-payments/${invoice.tenantId}`);
  const form = page.locator("form", { hasText: "Add a custom payment URL" });
  await form.getByLabel("Name").fill(`Pay desk ${invoice.number}`);
  await form.getByLabel("Custom payment URL").fill(address);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");

  const { onlineInvoiceUrl } = await simulator.invoice("demo", invoice.number);
  for (const linkMode of ["encoded", "raw"]) {
    await simulator.control("POST", "/control/xero/settings", { linkMode });
    await page.goto(onlineInvoiceUrl);
    await page.getByRole("link", { name: "Pay now" }).click();
    await arrive(page, `Invoice ${invoice.number}`);
    await expect(page.getByText("A$1,234.50", { exact: true })).toBeVisible();
    expect(new URL(page.url()).searchParams.get("short")).toBe("!dM0aU");
  }
});
