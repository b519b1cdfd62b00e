import { arrive } from "./support/arrive.ts";
import { expect, test } from "./support/fixtures.ts";
import { DEMO_PEOPLE, ORGANISATION, signIn } from "./support/staff.ts";

test("an owner of one firm sees its own calls and how many are left, and nothing of the company's app", async ({
  page,
  open: _,
}) => {
  await signIn(page, DEMO_PEOPLE.demoOwner, "/firms/quickfee/demo/settings");
  await page.getByRole("link", { name: "Calls to Xero" }).click();
  await arrive(page, "Calls to Xero");
  const organisation = page.getByRole("region", { name: ORGANISATION.demo });
  await expect(organisation).toContainText(/of 5,000 calls left today/);
  await expect(organisation).toContainText("To read changes");
  await expect(page.getByText(ORGANISATION.harbour)).toHaveCount(0);
  await expect(page.locator("#app-company")).not.toContainText("Data read");
  await expect(page.getByLabel("Tier")).toHaveCount(0);
});

test("an owner of the company sees the app against its tier, and says which tier it is", async ({
  page,
  open: _,
}) => {
  await signIn(page, DEMO_PEOPLE.broker, "/firms/quickfee/demo/settings/xero/usage");
  await arrive(page, "Calls to Xero");
  const app = page.locator("#app-company");
  await expect(app).toContainText("not the Starter tier any more");
  await app.getByLabel("Tier").selectOption("plus");
  await app.getByRole("button", { name: "Save tier" }).click();
  await expect(app).toContainText("Saved.");
  await expect(app).toContainText(/of 1,000/);
  await arrive(page, "Calls to Xero");
  await app.getByLabel("Tier").selectOption("starter");
  await app.getByRole("button", { name: "Save tier" }).click();
  await expect(app).toContainText("not the Starter tier any more");
});
