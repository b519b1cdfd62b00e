import { arrive } from "./support/arrive.ts";
import { ready } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import { connectXero, ORGANISATION } from "./support/staff.ts";

test("preflight lists all that is missing at once, and each line leads to where it is mended", {
  tag: "@once",
}, async ({ page, ground }) => {
  const { place } = await ready(page, ground);
  await page.goto(`/firms/${place}/connections/preflight`);
  await arrive(page, "Preflight");
  await expect(page.getByText("2 things are missing.")).toBeVisible();
  await expect(page.locator("#connect")).toContainText("No organisation is connected.");
  await expect(page.locator("#pay")).toContainText("No payment processor is set up, so nobody can pay.");

  await connectXero(page, ground, place, "lakeview");
  await page.getByRole("link", { name: "Check everything" }).click();
  await arrive(page, "Preflight");
  await expect(page.locator("#connect")).toContainText(`${ORGANISATION.lakeview}: Connected.`);
  const clearing = page.locator("#pay li", { hasText: "no clearing account is chosen" });
  await expect(clearing).toContainText("Missing");
  await clearing.getByRole("link", { name: "Choose the account" }).click();
  await arrive(page, "Payment link");
});
