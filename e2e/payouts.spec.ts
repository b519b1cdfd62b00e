import { arrive } from "./support/arrive.ts";
import { oneInvoice, paidInXero } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { openDetails, PAT, payByCard, receipt, sendDetails } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

/** Its own: it turns Stripe's clock. */
test.use({ story: "payouts" });

const FIRM = "/firms/quickfee/harbour";
const AT_STRIPE = { account: "acct_1SimHarbourBooks" };
const DAYS = 4 * 86_400;

test("Without JavaScript the accounts that Xero has are shown to who waits for them", {
  tag: "@once",
}, async ({ page, ground, browser }) => {
  await signIn(page, DEMO_PEOPLE.harbourOwner, "/firms");
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, baseURL: ground.webUrl },
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  for (const [address, title, shown] of [
    ["settings/payouts", "Payouts", "Bank account that payouts arrive on"],
    ["settings/payment-link", "Payment link", "Clearing account"],
  ] as const) {
    await plain.goto(`${FIRM}/${address}`);
    await expect(plain.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await plain.getByRole("link", { name: "Wait for it" }).click();
    await expect(plain.getByLabel(shown).first()).toBeVisible();
  }
  await context.close();
});

test("The owner says where payouts arrive; a payout then reaches Xero as fees and a transfer, and clearing is right", {
  tag: "@once",
}, async ({ page, ground, newVisitor }) => {
  const { simulator } = ground;
  const { tenantId } = await simulator.organisation("harbour");
  const { accounts } = await simulator.control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${tenantId}`,
  );
  const bank = accounts.find(({ name }) => name === "Business Bank Account")?.id;
  const inBank = async () =>
    (
      await simulator.control<{ balance: number }>(
        "GET",
        `/control/xero/account-balance?tenantId=${tenantId}&accountId=${bank}`,
      )
    ).balance;

  await signIn(page, DEMO_PEOPLE.harbourOwner, `${FIRM}/clearing`);
  await arrive(page, "Clearing");
  await expect(page.getByText("Payouts are not set up")).toBeVisible();
  await page.getByRole("link", { name: "Say where they arrive" }).click();
  await arrive(page, "Payouts");
  await page.getByLabel("Bank account that payouts arrive on").selectOption("Business Bank Account");
  await page.getByLabel("Account for the processor's fees").selectOption("404 Bank Fees");
  await page.getByLabel("Tax rate of the fees").selectOption("No VAT");
  await page.getByRole("button", { name: "Test and save" }).click();
  await expect(page.getByText("Tested and saved")).toBeVisible();

  const invoice = await oneInvoice(ground);
  const payer = await newVisitor();
  await openDetails(payer, invoice);
  await sendDetails(payer, PAT);
  await payByCard(payer);
  await receipt(payer);
  await paidInXero(ground, [invoice]);

  await page.goto(`${FIRM}/clearing`);
  await simulator.fault(
    "/api.xro/2.0/BankTransfers",
    { kind: "latency", ms: 10_000 },
    { method: "GET", times: 1 },
  );
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("The check goes on by itself")).toBeVisible({ timeout: 15_000 });
  await expect(async () => {
    await page.goto(`${FIRM}/clearing`);
    await expect(page.getByText("Clearing is right")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("Paid, and not paid out yet")).toBeVisible();

  const before = await inBank();
  for (const advanceSeconds of [DAYS, -DAYS]) {
    await simulator.control("POST", "/control/clock", { advanceSeconds });
    await simulator.control("GET", "/control/stripe/truth");
  }
  const payout = await simulator.control<{ id: string; amount: number }>(
    "POST",
    "/control/stripe/payout",
    AT_STRIPE,
  );
  await simulator.control("POST", "/control/stripe/payout-answer", { payout: payout.id });
  await expect.poll(inBank).toBe(before + payout.amount);

  await expect(async () => {
    await page.goto(`${FIRM}/clearing`);
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("£0.00")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("Clearing is right")).toBeVisible();
  await arrive(page, "Clearing");
  await page.goto(FIRM);
  await expect(page.getByRole("link", { name: /^£0\.00, / })).toBeVisible();
});
