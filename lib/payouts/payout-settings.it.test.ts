import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { listPayoutChoices, readPayoutSettings, savePayoutSettings } from "./payout-settings.ts";

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
  await desk.setUp();
});

test("fees are offered the tax rates that Xero takes with expenses, and take no other", async () => {
  const { firm } = desk.caller;
  const { connectionId } = desk.books;
  const { taxTypes, feeAccounts } = await listPayoutChoices(db(), firm, connectionId);
  const types = taxTypes.map(({ taxType }) => taxType);
  expect(types).toContain("INPUT");
  expect(types).not.toContain("OUTPUT");
  const codes = feeAccounts.map(({ code }) => code);
  expect(codes).toEqual(codes.toSorted());
  const kept = await readPayoutSettings(db(), firm, connectionId);
  if (!kept) throw new Error("Payouts were not set up");
  const { bankAccountId, feeAccountCode, taxedFeeTaxType, feesPer, startsOn } = kept;
  const input = { connectionId, bankAccountId, feeAccountCode, taxedFeeTaxType, feesPer, startsOn };
  await expect(
    savePayoutSettings(db(), desk.caller, { ...input, feeTaxType: "OUTPUT" }),
  ).rejects.toMatchObject({ code: "invalid", field: "feeTaxType" });
  expect(await readPayoutSettings(db(), firm, connectionId)).toEqual(kept);
});

test("a clearing account that is no bank account is told as one", async () => {
  const { accounts } = await simulator().control<{ accounts: { id: string; type: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${desk.tenantId}`,
  );
  const other = accounts.find(({ name }) => name === "Stripe clearing")?.id ?? "";
  const { connectionId } = desk.books;
  expect(await setClearingAccount(db(), desk.caller, { connectionId, accountId: other })).toEqual({
    ...{ name: "Stripe clearing", isBank: false },
  });
});
