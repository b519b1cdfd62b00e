import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { chooseAmounts } from "#lib/checkout/choose-amounts.ts";
import { stepOf } from "#lib/core/money/currencies.ts";
import { CURRENCIES } from "#lib/core/money/currency-table.ts";
import { formatMoney, toDecimal } from "#lib/core/money/money.ts";
import { savePartPayment } from "#lib/firms/save-settings.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk, pageOf, payAtStripe } from "#lib/testing/desk.ts";
import { breaksInTheEnd } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { creditNotesOf } from "#lib/testing/truth/refund-truth.ts";
import { invoiceInXero, invoicesInXero, runToIdle, sessionsInStripe } from "#lib/testing/truth/truth.ts";
import { captureOf } from "./attempts/checkout-attempts.ts";
import { settleAttempt } from "./attempts/settle-attempt.ts";
import { startRefund } from "./refunds/start-refund.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let free: string[];

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  free = (await invoicesInXero(simulator(), desk.tenantId))
    .filter((one) => one.status === "AUTHORISED" && one.type === "ACCREC" && one.amountPaid === 0)
    .map(({ number }) => number);
});

const lever = (path: string, body: object) =>
  simulator().control("POST", `/control/xero/${path}`, { tenantId: desk.tenantId, ...body });

test("every currency that Stripe charges: its page shows what ours shows, and it counts what is read back", async () => {
  const processor = await openProcessor(db(), desk.processorAccountId);
  for (const [currency, { stripe, digits }] of Object.entries(CURRENCIES)) {
    if (!stripe) continue;
    const minor = stepOf(currency) === 1n ? 5_432_165n : 5_432_100n;
    const attemptId = randomUUID();
    const { url } = await processor.createSession({
      ...{ attemptId, firmId: desk.books.firmId, connectionId: desk.books.connectionId, currency },
      ...{ checkoutId: randomUUID(), payerEmail: "payer@client.example", merchantName: "Firm" },
      lines: [{ invoiceId: randomUUID(), label: "Invoice", amountMinor: minor }],
      ...{ returnUrl: "http://127.0.0.1/return", cancelUrl: "http://127.0.0.1/cancel" },
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const page = await (await fetch(url)).text();
    const [shown = ""] = /(?<=<h1 class="big">)[^<]*/.exec(page) ?? [];
    const figure = (text: string) => Number(/[\d,]*\d(\.\d+)?$/.exec(text)?.[0].replaceAll(",", ""));
    expect([currency, figure(shown)]).toEqual([currency, Number(toDecimal({ minor, currency }))]);
    expect([currency, figure(formatMoney({ minor, currency }))]).toEqual([currency, figure(shown)]);
    const session = (await sessionsInStripe(simulator())).find(
      (one) => one.client_reference_id === attemptId,
    );
    // ISO 4217's decimals are Stripe's but for these three.
    const decimals = currency === "MGA" ? 0 : currency === "ISK" || currency === "UGX" ? 2 : digits;
    expect([currency, session?.amount_total]).toEqual([currency, (Number(minor) * 10 ** decimals) / 100]);
  }
});

test.each<[string, string[], { part: string; atStripe: number }, { refunds: bigint[]; atStripe: number[] }]>([
  [
    "AUD",
    ["41.20", "41.20", "41.20"],
    { part: "100.01", atStripe: 10_001 },
    { refunds: [4_000n, 5_001n], atStripe: [4_000, 5_001] },
  ],
  [
    "KWD",
    ["4.12", "4.12", "4.12"],
    { part: "11.000", atStripe: 11_000 },
    { refunds: [400n, 500n], atStripe: [4_000, 5_000] },
  ],
  [
    "JPY",
    ["412.50", "412.50", "412.00"],
    { part: "1000", atStripe: 1_000 },
    { refunds: [10_000n, 33_300n], atStripe: [100, 333] },
  ],
  [
    "ISK",
    ["412.00", "412.00", "412.00"],
    { part: "1000", atStripe: 100_000 },
    { refunds: [10_000n, 33_300n], atStripe: [10_000, 33_300] },
  ],
  [
    "MGA",
    ["41200.00", "41200.00", "4120.00"],
    { part: "50000", atStripe: 50_000 },
    { refunds: [500_000n, 33_300n], atStripe: [5_000, 333] },
  ],
  [
    "HUF",
    ["1234.50", "1234.50", "1234.50"],
    { part: "2000.01", atStripe: 200_001 },
    { refunds: [100_001n, 3_333n], atStripe: [100_001, 3_333] },
  ],
  [
    "PKR",
    ["999.99", "999.99", "0.03"],
    { part: "1500.55", atStripe: 150_055 },
    { refunds: [9_999n, 3n], atStripe: [9_999, 3] },
  ],
])(
  "%s: a part and its refunds are the same in all three books, to the last digit",
  async (currency, lines, { part, atStripe }, back) => {
    const number = free.shift() ?? "";
    const { id, ...before } = await invoiceInXero(simulator(), desk.tenantId, number);
    await lever("currency", { code: currency, isSubscribed: true });
    await lever("invoice", { invoice: id, currency, lines });
    await savePartPayment(db(), desk.caller, { minimum: { minor: 100n, currency }, fromInvoices: 1 });
    await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
    expect(before.amountPaid).toBe(0);

    const amount = lines.reduce((sum, line) => sum + Math.round(Number(line) * 100), 0) / 100;
    const token = await begin(desk, { number, amount: amount.toFixed(2) });
    const typed = new Map([[id, part]]);
    const chosen = await chooseAmounts(db(), await pageOf(desk, token), { typed, ip: null });
    expect(chosen.kind).toBe("kept");
    expect((await commit(desk, token)).kind).toBe("pay");
    const attempt = await attemptOf(desk, token);
    const session = (await sessionsInStripe(simulator())).find((one) => one.id === attempt.sessionRef);
    expect(session).toMatchObject({ amount_total: atStripe, currency: currency.toLowerCase() });

    await payAtStripe(desk, attempt.sessionRef ?? "");
    expect(await settleAttempt(db(), attempt.id)).toBe("captured");
    await runToIdle(db());
    const paid = await invoiceInXero(simulator(), desk.tenantId, number);
    expect([paid.currency, paid.amountPaid]).toEqual([currency, Math.round(Number(part) * 100)]);

    const capture = await captureOf(db(), (await pageOf(desk, token)).checkout.id);
    for (const amountMinor of back.refunds) {
      const notes = new Set((await creditNotesOf(simulator(), desk.tenantId)).map((note) => note.id));
      const asked = { captureId: capture?.id ?? "", amountMinor, note: "Agreed by phone" };
      await startRefund(db(), desk.caller, { refundId: randomUUID(), ...asked });
      expect(await breaksInTheEnd(desk)).toEqual([]);
      const [note, ...more] = (await creditNotesOf(simulator(), desk.tenantId)).filter(
        (one) => !notes.has(one.id),
      );
      expect([more, note?.total, note?.remainingCredit]).toEqual([[], Number(amountMinor), 0]);
    }
    const { accounts } = await simulator().control<{
      accounts: { refunds: { amount: number; currency: string }[] }[];
    }>("GET", "/control/stripe/truth");
    const sent = accounts
      .flatMap((one) => one.refunds)
      .filter((one) => one.currency === currency.toLowerCase());
    expect(sent.map((one) => one.amount).sort((a, b) => a - b)).toEqual(
      back.atStripe.toSorted((a, b) => a - b),
    );
  },
);
