import { arrive } from "./support/arrive.ts";
import { bill, type Made } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { openDetails, PAT, payByCard, receipt, sendDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const FIRM = "/firms/quickfee/harbour";

test("An invoice that was paid elsewhere meanwhile: staff put the money on the client's next one, and the payer is told", async ({
  page,
  ground,
  newVisitor,
}) => {
  const { simulator } = ground;
  const wanted = [{ total: "610.40" }, { total: "75.25" }];
  const [paid, next] = (await bill(ground, "harbour", wanted)).invoices as [Made, Made];
  const email = `surplus-${paid.id.slice(0, 8)}@clients.example`;
  const payer = await newVisitor();
  await openDetails(payer, paid);
  await sendDetails(payer, { ...PAT, email });
  // Xero is out of reach until somebody has entered another payment there.
  const path = "/api.xro/2.0/Payments";
  await simulator.control("POST", "/control/faults", {
    ...{ method: "POST", path, effect: { kind: "status", status: 503, body: "The service is unavailable" } },
  });
  await payByCard(payer);
  const reference = await receipt(payer);
  const { accounts } = await simulator.control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${paid.tenantId}`,
  );
  const account = accounts.find(({ name }) => name === "Card clearing")?.id;
  await simulator.inside("harbour", "pay", { invoice: paid.id, amount: "75.25", account });
  await simulator.clearFaults();

  await signIn(page, DEMO_PEOPLE.harbourOwner, `${FIRM}/to-do`);
  const settled = page.getByRole("region", { name: "The invoice no longer owes this much" });
  const row = settled.getByRole("listitem").filter({ hasText: reference });
  await expect(async () => {
    await page.reload();
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass();
  await arrive(page, "To-do");
  await row
    .getByLabel("What is too much goes to")
    .selectOption({ label: `${next.number}, which owes £75.25` });
  await row.getByRole("button", { name: "Put it there" }).click();
  await expect(page.getByText(`Payment ${reference}`)).toHaveCount(0);
  await expect.poll(async () => (await simulator.invoice("harbour", next.number)).status).toBe("PAID");
  expect((await simulator.paymentsOf(next)).map(({ amount }) => amount)).toEqual([7_525]);

  await payer.reload();
  await expect(
    payer.getByText(`£75.25 was more than ${paid.number} still owed when it arrived.`).first(),
  ).toBeVisible();
  await expect
    .poll(async () => (await simulator.letters(email)).map(({ subject }) => subject))
    .toContain("A part of your payment to Harbour Books was more than was owed.");
});
