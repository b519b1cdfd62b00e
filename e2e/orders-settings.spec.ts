import { arrive } from "./support/arrive.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

/** Its own: it begins with nothing saved, and archives an account. */
test.use({ story: "orders settings" });

const SETTINGS = "/firms/quickfee/harbour/settings";

/** As the first order that names them adds them. */
function named(ground: Ground, { kind, tender }: { kind: string; tender: string }): Promise<unknown> {
  return ground.query(
    `with books as (select firm_id, c.id as connection_id from connections c join firms f on f.id = c.firm_id
       where f.slug = 'harbour' and c.ended_at is null)
     , kind as (insert into item_kinds (firm_id, connection_id, name) select firm_id, connection_id, $1 from books)
     insert into tenders (firm_id, connection_id, name) select firm_id, connection_id, $2 from books`,
    [kind, tender],
  );
}

test("an owner saves what the chart suggests in one press, and then says where a kind and a tender go", async ({
  page,
  ground,
}) => {
  await signIn(page, DEMO_PEOPLE.harbourOwner, SETTINGS);
  await page.getByRole("link", { name: /^Mapping/ }).click();
  await arrive(page, "Mapping");
  await page.getByRole("link", { name: "how orders become documents" }).click();
  await arrive(page, "Orders");
  await expect(page.getByText("Proposed from your chart of accounts; press Save to use it.")).toBeVisible();
  await expect(page.getByLabel("Sales account")).toHaveValue("200");
  await expect(page.getByLabel("Cost of goods account")).toHaveValue("310");
  await expect(page.getByLabel("Rounding account")).toHaveValue("860");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Orders become documents")).toBeVisible();
  await expect(page.getByText("Saved. Orders become documents")).toBeInViewport();
  await expect(page.getByText("Nothing is saved yet")).toHaveCount(0);

  const customer = page.getByLabel("Customer of an order that names none");
  await page.getByLabel("Prefix").fill("SHOP-");
  await customer.fill("Quayside");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#cashContact-error")).toContainText("“Quayside Bakery”");
  await expect(page.getByLabel("Prefix")).toHaveValue("SHOP-");
  await customer.fill("Quayside Bakery");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Orders become documents")).toBeVisible();
  await page.reload();
  await expect(customer).toHaveValue("Quayside Bakery");
  await expect(page.getByLabel("Prefix")).toHaveValue("SHOP-");

  await named(ground, { kind: "Coffee", tender: "EFTPOS" });
  await page.getByRole("link", { name: "Mapping" }).click();
  await arrive(page, "Mapping");
  const coffee = page.getByRole("listitem").filter({ hasText: "Coffee" });
  await expect(coffee).toContainText("New");
  await expect(coffee).toContainText("200 · Sales (as the settings say)");
  await coffee.getByRole("link", { name: "Change" }).click();
  await arrive(page, "Mapping");
  await coffee.getByLabel("Account", { exact: true }).selectOption("260 · Other Revenue");
  await coffee.getByLabel("Tracking: Region").selectOption("North");
  await coffee.getByRole("button", { name: "Save" }).click();
  await expect(coffee.getByText("Saved: “Coffee” is mapped.")).toBeVisible();

  await ground.query("update accounts set status = 'ARCHIVED' where code = '205'");
  await coffee.getByLabel("Account", { exact: true }).selectOption("205 · Accounting Fees");
  await coffee.getByLabel("Item").selectOption("HOUR · Consulting, by the hour");
  await coffee.getByRole("button", { name: "Save" }).click();
  const account = coffee.getByLabel("Account", { exact: true });
  await expect(coffee.getByText("Account 205 Accounting Fees is archived in Xero.")).toBeVisible();
  await expect(account).toHaveAttribute("aria-invalid", "true");
  await expect(account).toBeFocused();
  await expect(coffee.getByLabel("Item")).toHaveValue("HOUR");
  await ground.query("update accounts set status = 'ACTIVE' where code = '205'");

  await coffee.getByRole("link", { name: "Close" }).click();
  await expect(coffee).toContainText("260 · Other Revenue");
  await expect(coffee).toContainText("Region: North");
  await expect(coffee.getByText("New", { exact: true })).toHaveCount(0);

  const eftpos = page.getByRole("listitem").filter({ hasText: "EFTPOS" });
  await expect(eftpos).toContainText("New");
  await eftpos.getByText("Change").click();
  await eftpos.getByLabel("Paid into").selectOption("612 · Stripe clearing");
  await eftpos.getByRole("button", { name: "Save" }).click();
  await expect(eftpos.getByText("Paid into 612 · Stripe clearing")).toBeVisible();

  await page.getByText("Add a tender").click();
  const tenders = page.getByRole("region", { name: "Tenders" });
  await tenders.getByLabel("Name").fill("Cash");
  await tenders.getByLabel("Paid into").last().selectOption("090 · Business Bank Account");
  await tenders.getByRole("button", { name: "Add this tender" }).click();
  await expect(tenders.getByText("“Cash” is on the list.")).toBeVisible();
  await expect(page.getByText("Paid into 090 · Business Bank Account")).toBeVisible();

  await page.getByText("Add a kind of item").click();
  const kinds = page.getByRole("region", { name: "Kinds of item" });
  await kinds.getByLabel("Name").fill("Coffee");
  await kinds.getByRole("button", { name: "Add this kind" }).click();
  await expect(page.locator("#new-kind-name-error")).toContainText("on the list already");
});

test("without JavaScript the settings are saved, and a kind is mapped", {
  tag: "@once",
}, async ({ page, ground, browser }) => {
  await named(ground, { kind: "Scones", tender: "Vouchers" });
  await signIn(page, DEMO_PEOPLE.harbourOwner, "/firms");
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, baseURL: ground.webUrl },
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(`${SETTINGS}/orders`);
  await plain.getByLabel("Days until it is due").fill("soon");
  await plain.getByRole("button", { name: "Save" }).click();
  await expect(plain.getByText("Type a whole number from 0 to 365.")).toBeVisible();
  await plain.getByLabel("Days until it is due").fill("21");
  await plain.getByRole("button", { name: "Save" }).click();
  await expect(plain.getByText("Saved. Orders become documents")).toBeVisible();
  await plain.goto(`${SETTINGS}/mapping`);
  const scones = plain.getByRole("listitem").filter({ hasText: "Scones" });
  await scones.getByRole("link", { name: "Change" }).click();
  await scones.getByLabel("Account", { exact: true }).selectOption("260 · Other Revenue");
  await scones.getByRole("button", { name: "Save" }).click();
  await expect(scones.getByText("Saved: “Scones” is mapped.")).toBeVisible();
  await context.close();
});
