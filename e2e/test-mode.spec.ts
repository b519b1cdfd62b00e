import { bill, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { PAT, payByCard, payLink, receipt, sendDetails, toDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, ORGANISATION, signIn } from "./support/staff.ts";

const HARBOUR = "/firms/quickfee/harbour";

test("a test payment in books that are no demo company's says so on every page, in the letter and in Xero", async ({
  page,
  ground,
}) => {
  const { invoices } = await bill(ground, "harbour", [{ total: "81.30" }]);
  const [invoice] = invoices;
  if (!invoice) throw new Error("Not billed");
  const banner = page.getByRole("complementary", { name: "Test mode" });
  const says = () => expect(banner).toContainText("no real money");

  await page.goto(payLink("harbour", invoice));
  await says();
  await toDetails(page);
  await says();
  await sendDetails(page, PAT);
  await payByCard(page);
  const reference = await receipt(page);
  await says();
  await paidInXero(ground, [invoice]);
  const { payments } = await ground.simulator.control<{ payments: { reference: string }[] }>(
    "GET",
    `/control/xero/payments?reference=${reference}`,
  );
  expect(payments).toHaveLength(1);
  const letters = async () => {
    const all = await ground.simulator.letters(PAT.email, "Receipt");
    return all.filter(({ text }) => text?.includes(reference));
  };
  await expect.poll(async () => (await letters()).length).toBe(1);
  expect((await letters())[0]?.text).toContain("Test payment: no real money was taken");

  await signIn(page, DEMO_PEOPLE.harbourOwner, HARBOUR);
  await expect(banner).toContainText(ORGANISATION.harbour);
  await page.goto(`${HARBOUR}/settings/processor`);
  await expect(page.getByLabel("Take test payments")).toBeChecked();
});
