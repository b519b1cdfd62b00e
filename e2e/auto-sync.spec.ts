import { arrive } from "./support/arrive.ts";
import { ready } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import { connectXero } from "./support/staff.ts";

test("staff see how fresh our copy of Xero is, and an owner turns its automatic reading off and on again", async ({
  page,
  ground,
}) => {
  const { place } = await ready(page, ground);
  await connectXero(page, ground, place, "lakeview");
  await page.goto(`/firms/${place}/connections`);
  await arrive(page, "Connections");
  const main = page.getByRole("main");
  await main.getByText("Our copy of the invoices:").click();
  for (const kind of ["Invoices and bills", "Credit notes", "Overpayments", "Tax rates", "Branding themes"])
    await expect(main.getByText(kind, { exact: true })).toBeVisible();
  await expect(main.getByText("Not read yet")).toHaveCount(0);

  await page.getByRole("button", { name: "Turn automatic reading off" }).click();
  await expect(main.getByText("Automatic reading is off.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Turn automatic reading on" })).toBeVisible();
  await page.goto(`/firms/${place}`);
  await expect(page.locator("#connected")).toContainText("Automatic reading is off");
  await page.goto(`/firms/${place}/connections`);
  await page.getByRole("button", { name: "Turn automatic reading on" }).click();
  await expect(page.getByRole("button", { name: "Turn automatic reading off" })).toBeVisible();
});
