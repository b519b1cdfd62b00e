import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { postings } from "#db/schema/posting.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { type Ledger, openLedger } from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { paymentsInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { createRefundPosting } from "./kinds/credit-note.ts";
import { createFeePosting } from "./kinds/fee.ts";
import { createPaymentPosting } from "./kinds/payment.ts";
import { createTransferPosting } from "./kinds/transfer.ts";
import { listRefused } from "./read.ts";
import { markByHand, retryPostings } from "./retry.ts";

/** What Xero refuses, told by its cause, and mended as the cause says. */
const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let ledger: Ledger;
let accountId: Record<string, string>;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  ledger = await openLedger(desk);
  const { accounts } = await simulator().control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${desk.tenantId}`,
  );
  accountId = Object.fromEntries(accounts.map(({ name, id }) => [name, id]));
});
beforeEach(() => setClearing("Stripe clearing"));

const inXero = (what: string, body: object) =>
  simulator().control("POST", `/control/xero/${what}`, { tenantId: desk.tenantId, ...body });
const idOf = (name: string) => accountId[name] ?? "";
const archived = (name: string, isArchived = true) =>
  inXero("account", { accountId: idOf(name), status: isArchived ? "ARCHIVED" : "ACTIVE" });
const setClearing = (name: string) =>
  setClearingAccount(db(), desk.caller, {
    connectionId: desk.books.connectionId,
    accountId: idOf(name),
  });

const common = (clearing = "Stripe clearing") => ({
  ...desk.books,
  origin: { id: randomUUID(), at: new Date() },
  isTest: false,
  accountId: idOf(clearing),
  currency: "AUD",
  date: new Date().toISOString().slice(0, 10),
});

async function rowOf(sourceId: string) {
  const [row] = await db().select().from(postings).where(eq(postings.sourceId, sourceId));
  if (!row) throw new Error("no posting");
  return row;
}

async function causeOf(sourceId: string) {
  await runToIdle(db());
  return (await listRefused(db(), desk.caller.firm)).find((row) => row.sourceId === sourceId)?.cause;
}

const again = async (sourceId: string) => {
  await retryPostings(db(), desk.caller, [(await rowOf(sourceId)).id]);
  await runToIdle(db());
};

const payment = async (minor: bigint) => {
  const sourceId = randomUUID();
  const lines = [{ invoiceId: ledger.parts[0], amountMinor: minor }];
  await db().transaction((tx) => createPaymentPosting(tx, { ...common(), sourceId, lines }));
  return sourceId;
};

test("the clearing account was archived: another is chosen, and by Try again the payment is there, once", async () => {
  await archived("Stripe clearing");
  const sourceId = await payment(411n);
  expect(await causeOf(sourceId)).toBe("clearing");
  await again(sourceId);
  expect(await rowOf(sourceId)).toMatchObject({ state: "refused", cause: "clearing" });

  await setClearing("Card clearing");
  await again(sourceId);
  const { reference, state, accountId: to } = await rowOf(sourceId);
  expect({ state, to }).toEqual({ state: "done", to: idOf("Card clearing") });
  const [inBooks, ...more] = await paymentsInXero(simulator(), reference);
  expect(more).toEqual([]);
  expect(inBooks).toMatchObject({ accountId: idOf("Card clearing") });
  await archived("Stripe clearing", false);
});

test("what was sent and not answered keeps its account when it goes again: Xero knows it by that", async () => {
  await simulator().control("POST", "/control/faults", {
    ...{ method: "POST", path: "/api.xro/2.0/Payments", times: 1, effect: { kind: "cut-before" } },
  });
  const sourceId = await payment(412n);
  await setClearing("Card clearing");
  await runToIdle(db());
  const { reference, accountId: to } = await rowOf(sourceId);
  expect(to).toBe(idOf("Stripe clearing"));
  expect(await paymentsInXero(simulator(), reference)).toMatchObject([{ accountId: to }]);
});

test("an account of the invoice's lines was archived: told as that, not as the clearing account; restored, it is written", async () => {
  const refundLineId = randomUUID();
  const invoiceId = ledger.parts[1];
  await db().transaction((tx) =>
    createRefundPosting(tx, { ...common(), refundLineId, invoiceId, amountMinor: 100n }),
  );
  const sales = Object.keys(accountId).find((name) => /^sales$/i.test(name)) ?? "";
  await archived(sales);
  expect(await causeOf(refundLineId)).toBe("line_account");
  await archived(sales, false);
  await again(refundLineId);
  expect((await rowOf(refundLineId)).state).toBe("done");
});

test("a payout's fee and transfer: which account it is, and the contact Stripe, are told apart", async () => {
  await backfillOrganisation(db(), desk.books);
  const [fee, transfer] = [randomUUID(), randomUUID()];
  const { accounts } = await simulator().control<{ accounts: { id: string; code?: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${desk.tenantId}`,
  );
  const bankFees = accounts.find(({ code }) => code === "404");
  const body = { contactName: "Stripe", description: "Fees", taxType: "BASEXCLUDED" };
  const made = async () =>
    db().transaction(async (tx) => {
      await createFeePosting(tx, {
        ...common("Card clearing"),
        ...{ sourceId: fee, amountMinor: 50n, accountCode: "404", body },
      });
      await createTransferPosting(tx, {
        ...common("Card clearing"),
        ...{ sourceId: transfer, amountMinor: 50n, bankAccountId: idOf("Business Bank Account") },
      });
    });
  await inXero("account", { accountId: bankFees?.id, status: "ARCHIVED" });
  await archived("Business Bank Account");
  await made();
  expect([await causeOf(fee), await causeOf(transfer)]).toEqual(["fee_account", "bank"]);
  await inXero("account", { accountId: bankFees?.id, status: "ACTIVE" });
  await archived("Business Bank Account", false);

  await archived("Card clearing");
  await setClearing("Stripe clearing");
  await again(fee);
  await again(transfer);
  expect([await causeOf(fee), await causeOf(transfer)]).toEqual(["clearing", "clearing"]);
  await archived("Card clearing", false);
});

test("words that nobody knows stand there as Xero said them", async () => {
  await simulator().control("POST", "/control/faults", {
    ...{ method: "POST", path: "/api.xro/2.0/Payments", times: 1 },
    effect: {
      kind: "status",
      status: 400,
      body: JSON.stringify({ Type: "ValidationException", Message: "The moon is in the wrong house" }),
      headers: { "content-type": "application/json" },
    },
  });
  const sourceId = await payment(413n);
  expect(await causeOf(sourceId)).toBe("other");
  expect(await rowOf(sourceId)).toMatchObject({ message: "The moon is in the wrong house" });
  await markByHand(db(), desk.caller, { postingId: (await rowOf(sourceId)).id, note: "Entered" });
});
