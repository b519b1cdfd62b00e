import { arrive } from "./support/arrive.ts";
import { oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { openDetails, PAT, payByCard, receipt, sendDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const TO_DO = "/firms/quickfee/harbour/to-do";

test("What Xero refuses is told by cause, with Xero's words and the fix; mended there, one press writes all of it", async ({
  page,
  ground,
  newVisitor,
}) => {
  const { simulator } = ground;
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const invoices = [await oneInvoice(ground), await oneInvoice(ground)];
  // What the flow before left on its way would be refused with them.
  await expect
    .poll(() => ground.query("select 1 from postings where state in ('ready', 'sending', 'unknown')", []), {
      timeout: 40_000,
    })
    .toHaveLength(0);
  await simulator.inside("harbour", "lock-dates", { periodLockDate: tomorrow });
  for (const invoice of invoices) {
    const payer = await newVisitor();
    await openDetails(payer, invoice);
    await sendDetails(payer, PAT);
    await payByCard(payer);
    await receipt(payer);
  }

  await signIn(page, DEMO_PEOPLE.harbourOwner, TO_DO);
  const locked = page.getByRole("region", { name: "Xero's books are locked on that day" });
  await expect(async () => {
    await page.reload();
    await expect(locked.getByText("Xero says:")).toHaveCount(2, { timeout: 500 });
  }).toPass();
  await arrive(page, "To-do");
  await expect(locked.getByText("lock date, currently set at").first()).toBeVisible();
  for (const { number } of invoices)
    await expect(locked.getByRole("link", { name: number })).toHaveAttribute("href", /\S+/);

  await simulator.inside("harbour", "lock-dates", {});
  await locked.getByRole("button", { name: "Try all 2 again" }).click();
  await paidInXero(ground, invoices);
  await page.reload();
  await expect(locked).toHaveCount(0);
});

test("A payment that a person has entered by hand leaves the list, with their note, and is not sent", {
  tag: "@once",
}, async ({ page, ground, newVisitor }) => {
  const { simulator } = ground;
  const invoice = await oneInvoice(ground);
  const payer = await newVisitor();
  await openDetails(payer, invoice);
  await sendDetails(payer, PAT);
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await simulator.inside("harbour", "lock-dates", { periodLockDate: tomorrow });
  await payByCard(payer);
  const reference = await receipt(payer);

  await signIn(page, DEMO_PEOPLE.harbourOwner, TO_DO);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(`Payment ${reference}`)).toBeVisible({ timeout: 500 });
  }).toPass();
  const row = page.getByRole("listitem").filter({ hasText: reference });
  await row.getByText("Done by hand…").click();
  await row.getByLabel("What you did in Xero").fill("Entered with the bank line");
  await row.getByRole("button", { name: "Mark as done by hand" }).click();
  await expect(page.getByText(`Payment ${reference}`)).toHaveCount(0);
  await simulator.inside("harbour", "lock-dates", {});
  expect(await simulator.paymentsOf(invoice)).toEqual([]);
});

test("What Stripe, Xero and our records disagree about is told with what to do, and leaves with a person's note", {
  tag: "@once",
}, async ({ page, ground }) => {
  await ground.query(
    `insert into breaks (firm_id, kind, subject, reference, here, there)
     select id, 'xero_removed', 'b1e55ed0-0000-4000-8000-000000000001', 'CF-GQNE234567', '£12.00 under CF-GQNE234567', 'Deleted'
     from firms where slug = 'harbour'`,
  );
  await signIn(page, DEMO_PEOPLE.harbourOwner, "/firms/quickfee/harbour");
  await expect(page.getByText("Stripe, Xero and our records disagree about")).toBeVisible();
  await page.goto(TO_DO);
  await arrive(page, "To-do");
  const gone = page.getByRole("region", { name: "Xero no longer has what we wrote" });
  await expect(gone.getByText("enter it in Xero again")).toBeVisible();
  const row = gone.getByRole("listitem").filter({ hasText: "CF-GQNE234567" });
  await expect(row.getByText("Deleted")).toBeVisible();
  await row.getByText("Seen to…").click();
  await row.getByLabel("What you found or did").fill("Entered again with the bank line");
  await row.getByRole("button", { name: "Mark as seen to" }).click();
  await expect(page.getByText("CF-GQNE234567")).toHaveCount(0);
});
