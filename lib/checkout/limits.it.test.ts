import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { attempts } from "#db/schema/payments.ts";
import { savePartPayment } from "#lib/firms/save-settings.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { listRefusedAttempts } from "#lib/payments/attempts/read-refused-attempts.ts";
import { cancelAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { refreshAccounts } from "#lib/processor/refresh-account.ts";
import { saveAccount } from "#lib/processor/save-account.ts";
import { testProcessor } from "#lib/processor/test-account.ts";
import { testDb } from "#lib/testing/database.ts";
import {
  attemptOf,
  begin,
  commit,
  type Desk,
  openAt,
  openDesk,
  pageOf,
  STRIPE_KEYS,
} from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero } from "#lib/testing/truth/truth.ts";
import { chooseAmounts } from "./choose-amounts.ts";
import { unpayable } from "./read.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});

const NUMBER = "INV-2017";

/** In Xero the invoice owes this much of this currency, and the mirror knows. */
async function owes(amount: string, currency: string) {
  const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, NUMBER);
  await simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: id, currency },
    total: (amountPaid / 100 + Number(amount)).toFixed(2),
  });
  await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
}

/** The payer comes to Stripe's page; then they give up, and the invoice is free for the next test. */
async function opensStripesPage(token: string) {
  expect((await commit(desk, token)).kind).toBe("pay");
  expect(await cancelAttempt(db(), (await attemptOf(desk, token)).id)).toBe("closed");
}

async function lineOf(amount: string) {
  const opened = await openAt(desk, { number: NUMBER, amount });
  if (opened.kind !== "open") throw new Error(opened.kind);
  return opened.lines.find(({ number }) => number === NUMBER);
}

test.each([
  ["100.50", "JPY", 10_050n, "step"],
  ["1200000.00", "AUD", 120_000_000n, "most"],
  ["250.00", "IQD", 25_000n, "currency"],
  ["250.00", "GHS", 25_000n, "currency"],
])(
  "%s %s is shown as it is, and can't be paid online because of the %s",
  async (amount, currency, dueMinor, why) => {
    await owes(amount, currency);
    expect(await lineOf(amount)).toMatchObject({
      ...{ currency, dueMinor, payableMinor: 0n, why: "unpayable" },
      unpayable: { why },
    });
    await expect(begin(desk, { number: NUMBER, amount })).rejects.toThrow("none_ticked");
  },
);

test("less than the least charge is no payment by itself, and one beside others", async () => {
  await owes("0.20", "AUD");
  const others = (await openAt(desk, { number: NUMBER, amount: "0.20" })) as { lines: { number: string }[] };
  expect(others.lines.length).toBeGreaterThan(1);
  await expect(begin(desk, { number: NUMBER, amount: "0.20" })).rejects.toThrow("unpayable");
  await opensStripesPage(await begin(desk, { number: NUMBER, amount: "0.20" }, { also: ["INV-2013"] }));
});

test("what became too little after the payer chose is told before Stripe is asked", async () => {
  await owes("100.00", "AUD");
  const token = await begin(desk, { number: NUMBER, amount: "100.00" });
  await owes("0.20", "AUD");
  const page = await pageOf(desk, token);
  const agreed = page.lines.map((line) => ({ ...line, amountMinor: 20n, owedMinor: 20n }));
  expect(unpayable({ ...page, lines: agreed })).toEqual({ why: "least", leastMinor: 50n });
  expect((await commit(desk, token, { page: { ...page, lines: agreed } })).kind).toBe("unpayable");
});

test("a part that would leave a rest too small to pay is not taken", async () => {
  await savePartPayment(db(), desk.caller, { minimum: { minor: 1_000n, currency: "AUD" }, fromInvoices: 1 });
  await owes("100.00", "AUD");
  const token = await begin(desk, { number: NUMBER, amount: "100.00" });
  const choose = async (amount: string) => {
    const page = await pageOf(desk, token);
    return chooseAmounts(db(), page, {
      typed: new Map([[page.lines[0]?.invoiceId ?? "", amount]]),
      ip: null,
    });
  };
  expect((await choose("99.80")).kind).toBe("wrong");
  expect((await choose("99.50")).kind).toBe("kept");
});

test("what only Stripe can know is told in its words to staff, and as final to the payer", async () => {
  // 50 yen, Stripe's least in yen, are 0.49 dollars: less than an account that is paid out in those may charge.
  await owes("50.00", "JPY");
  const token = await begin(desk, { number: NUMBER, amount: "50.00" });
  expect((await commit(desk, token)).kind).toBe("refused");
  const [attempt] = await db()
    .select()
    .from(attempts)
    .where(eq(attempts.checkoutId, (await pageOf(desk, token)).checkout.id));
  expect(attempt).toMatchObject({
    state: "closed",
    closedReason: expect.stringContaining(
      "amount_too_small: The Checkout Session's total amount must convert",
    ),
  });
  expect(await listRefusedAttempts(db(), desk.caller.firm)).toMatchObject([
    {
      reason: expect.stringContaining("at least 50 cents"),
      numbers: [NUMBER],
      currency: "JPY",
      amountMinor: 5_000n,
    },
  ]);
  // Opened after all, it asks nobody to agree on another way to pay.
  await owes("5000.00", "JPY");
  const again = await begin(desk, { number: NUMBER, amount: "5000.00" });
  expect((await commit(desk, again)).kind).toBe("pay");
  expect(await listRefusedAttempts(db(), desk.caller.firm)).toEqual([]);
  await cancelAttempt(db(), (await attemptOf(desk, again)).id);
});

test.each([-600, 600])("Stripe's clock %s seconds off ours opens its page all the same", async (seconds) => {
  await owes("100.00", "AUD");
  await simulator().control("POST", "/control/stripe/clock-skew", { seconds });
  await opensStripesPage(await begin(desk, { number: NUMBER, amount: "100.00" }));
});

test("an account that is not activated takes no payments: told to the payer at once, to staff, and over as soon as it is", async () => {
  await owes("100.00", "AUD");
  await saveAccount(db(), desk.caller, { secretKey: STRIPE_KEYS.au.replace("_test_", "_live_") });
  const activated = (yes: boolean) =>
    simulator().control("POST", "/control/stripe/account", {
      ...{ account: "acct_1SimDemoAccountants", activated: yes },
    });
  const token = await begin(desk, { number: NUMBER, amount: "100.00" });
  await activated(false);
  expect((await commit(desk, token)).kind).toBe("refused");
  expect((await commit(desk, token)).kind).toBe("not_set_up");
  expect((await openAt(desk, { number: NUMBER, amount: "100.00" })).kind).toBe("not_set_up");
  expect(await testProcessor(db(), desk.books.firmId)).toMatchObject({ state: "disabled" });
  await activated(true);
  await refreshAccounts(db(), "disabled");
  expect((await openAt(desk, { number: NUMBER, amount: "100.00" })).kind).toBe("open");
});
