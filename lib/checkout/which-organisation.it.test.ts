import { beforeAll, expect, test } from "vitest";
import { toQuery } from "#lib/firms/pay-link.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoicesInXero } from "#lib/testing/truth/truth.ts";
import { connectFirm, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { listClearingChoices, setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { disconnect } from "#lib/xero/organisations/disconnect.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { linkFromSearch } from "./links/link-rules.ts";
import { openLink } from "./links/open-link.ts";

const db = testDb();
const simulator = testSimulator();
const SHORT = { lakeview: "!lV3uS", pier: "!pIe8r" };
let desk: Desk;
let pier: string;

/** Gives a sale of this organisation a number and a total; our copy of it is read. */
async function bill(tenantId: string, number: string, total: string): Promise<void> {
  const connections = await payConnections(db(), desk.books.firmId);
  const connectionId = connections.find((one) => one.tenantId === tenantId)?.connectionId ?? "";
  const sales = await invoicesInXero(simulator(), tenantId);
  const sale = sales.find(
    ({ type, status, amountPaid, amountDue, total, number: its }) =>
      type === "ACCREC" &&
      status === "AUTHORISED" &&
      amountPaid === 0 &&
      amountDue === total &&
      !its.startsWith("TWO-"),
  );
  const change = { tenantId, invoice: sale?.id, number, total };
  await simulator().control("POST", "/control/xero/invoice", change);
  const which = { ids: [sale?.id ?? ""], purpose: "sync" as const };
  await refreshInvoices(db(), { firmId: desk.books.firmId, connectionId }, which);
}

/** Which organisation's invoice opens, or why none does. */
async function opens(invoice: string, amount: string, short?: string): Promise<string> {
  const link = linkFromSearch(toQuery({ number: invoice, amount, ...(short ? { short } : {}) }));
  const opened = await openLink(db(), {
    ...{ ...desk.place, link, access: [], caller: null, ownTokenHashes: [] },
  });
  return opened.kind === "open" ? opened.books.shortCode : opened.kind;
}

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { country: "us", backfill: false });
  ({ tenantId: pier } = await simulator().control<{ tenantId: string }>(
    "POST",
    "/control/xero/organisations",
    { name: "Pier LLC", shortCode: SHORT.pier, country: "US", invoices: 25 },
  ));
  await connectFirm(db(), desk.caller, { user: XERO_USER.ada, tenantId: pier });
  for (const { connectionId, clearingAccountId } of await payConnections(db(), desk.books.firmId)) {
    if (clearingAccountId) continue;
    const [choice] = await listClearingChoices(db(), desk.caller.firm, connectionId);
    const accountId = choice?.accountId ?? "";
    await setClearingAccount(db(), desk.caller, { connectionId, accountId });
  }
  await bill(desk.tenantId, "TWO-1", "100.00");
  await bill(pier, "TWO-1", "100.00");
  await bill(pier, "TWO-2", "250.00");
  await bill(desk.tenantId, "TWO-3", "70.00");
  await bill(pier, "TWO-3", "90.00");
});

test("an old link, which names no organisation, opens where only one has this invoice for this amount", async () => {
  expect(await opens("TWO-3", "70.00")).toBe(SHORT.lakeview);
  expect(await opens("TWO-2", "250.00")).toBe(SHORT.pier);
});

test("one that fits two organisations opens neither, as an unknown link", async () => {
  expect(await opens("TWO-1", "100.00")).toBe("cant_open");
  expect(await opens("TWO-1", "100.00", SHORT.lakeview)).toBe(SHORT.lakeview);
});

test("one that names an organisation opens no other's invoice, nor does an unknown name", async () => {
  expect(await opens("TWO-3", "70.00", SHORT.pier)).toBe("cant_open");
  expect(await opens("TWO-3", "70.00", "!nOnE0")).toBe("cant_open");
});

test("nor does one of an organisation that is disconnected, whether it names it or not", async () => {
  const connections = await payConnections(db(), desk.books.firmId);
  const ended = connections.find(({ tenantId }) => tenantId === pier)?.connectionId ?? "";
  await disconnect(db(), desk.caller, { connectionId: ended, hereOnly: true });
  expect(await opens("TWO-1", "100.00", SHORT.pier)).toBe("cant_open");
  expect(await opens("TWO-1", "100.00")).toBe("cant_open");
  expect(await opens("TWO-2", "250.00")).toBe("cant_open");
  expect(await opens("TWO-3", "70.00")).toBe(SHORT.lakeview);
});
