import { afterEach, beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { withXero } from "../call.ts";
import type { XeroApi } from "./xero-api.ts";
import { XeroFault } from "./xero-fault.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
});
afterEach(() => simulator().control("DELETE", "/control/faults"));

const ID = "5eed0000-0000-4000-8000-0000000000ff";
const REFERENCE = "CF-AAAAAAAAAA";
const OF = { accountId: ID, currency: "AUD", since: null, until: null, page: 1 };
const LIKE = { accountId: ID, currency: "AUD", minor: 1n, since: "2026-11-01" };

/** Every reading that the desk makes of Xero, and what an empty list means there: "none", or "unknown" where something was asked for. */
const READINGS: Record<string, [ask: (xero: XeroApi) => Promise<unknown>, empty: "none" | "unknown"]> = {
  organisation: [(xero) => xero.organisation(), "unknown"],
  organisationActions: [(xero) => xero.organisationActions(), "none"],
  accounts: [(xero) => xero.accounts(), "unknown"],
  account: [(xero) => xero.account(ID), "unknown"],
  contacts: [(xero) => xero.contacts({ page: 1 }), "none"],
  invoices: [(xero) => xero.invoices({ page: 1 }), "none"],
  creditNotes: [(xero) => xero.creditNotes({ page: 1 }), "none"],
  overpayments: [(xero) => xero.overpayments({ page: 1 }), "none"],
  prepayments: [(xero) => xero.prepayments({ page: 1 }), "none"],
  payments: [(xero) => xero.payments({ page: 1 }), "none"],
  taxRates: [(xero) => xero.taxRates(), "unknown"],
  currencies: [(xero) => xero.currencies(), "none"],
  brandingThemes: [(xero) => xero.brandingThemes(), "unknown"],
  items: [(xero) => xero.items(), "none"],
  trackingCategories: [(xero) => xero.trackingCategories(), "none"],
  invoiceInLines: [(xero) => xero.invoiceInLines(ID, "AUD"), "unknown"],
  findPayments: [(xero) => xero.findPayments(REFERENCE, "AUD"), "none"],
  findBatchPayments: [(xero) => xero.findBatchPayments(REFERENCE, "AUD"), "none"],
  findCreditNotes: [(xero) => xero.findCreditNotes(REFERENCE), "none"],
  findCreditRefunds: [(xero) => xero.findCreditRefunds(REFERENCE), "none"],
  findOverpayments: [(xero) => xero.findOverpayments(REFERENCE, "2026-11-01"), "none"],
  findFees: [(xero) => xero.findFees(REFERENCE), "none"],
  findTransfers: [(xero) => xero.findTransfers(REFERENCE), "none"],
  isPaymentThere: [(xero) => xero.isPaymentThere({ xeroId: ID, isBatch: false }), "unknown"],
  isBatchThere: [(xero) => xero.isPaymentThere({ xeroId: ID, isBatch: true }), "unknown"],
  isCreditNoteThere: [(xero) => xero.isCreditNoteThere(ID), "unknown"],
  invoiceNotes: [(xero) => xero.invoiceNotes(ID), "none"],
  bankEntries: [(xero) => xero.bankEntries(OF), "none"],
  paymentEntries: [(xero) => xero.paymentEntries(OF), "none"],
  bankEntriesLike: [(xero) => xero.bankEntriesLike(LIKE), "none"],
  transfers: [(xero) => xero.transfers({ accountId: ID, since: null }), "none"],
};

/** How a reading ends: with what came, or with the kind of fault. */
async function ending(ask: (xero: XeroApi) => Promise<unknown>): Promise<unknown> {
  try {
    return await withXero(db(), desk.books.connectionId, "sync", ask);
  } catch (error) {
    if (error instanceof XeroFault) return error.fault.kind;
    throw error;
  }
}

/** Whatever is asked for, Xero says OK and this. */
const says = (body: string, headers: Record<string, string> = {}) =>
  simulator().control("POST", "/control/faults", {
    path: "/api.xro/2.0/*",
    effect: { kind: "status", status: 200, body, headers },
  });

const LISTS =
  "Organisations Actions Accounts Contacts Invoices CreditNotes Overpayments Prepayments Payments TaxRates Currencies BrandingThemes BatchPayments BankTransactions BankTransfers HistoryRecords Items TrackingCategories";
const EMPTY = JSON.stringify(Object.fromEntries(LISTS.split(" ").map((list) => [list, []])));

test.each([
  ["nothing", ""],
  ["HTML", "<!doctype html><h1>Just a moment</h1>"],
  ["cut JSON", `${EMPTY.slice(0, -2)}`],
  ["an object without a list", "{}"],
])("a 200 with %s is an empty list to no reading", async (_, body) => {
  await says(body);
  for (const [name, [ask]] of Object.entries(READINGS)) expect(await ending(ask), name).toBe("unreadable");
});

test("an empty list says that nothing was found, and nothing of what was asked for by its id", async () => {
  await says(EMPTY);
  for (const [name, [ask, empty]] of Object.entries(READINGS)) {
    const end = await ending(ask);
    if (empty === "unknown") expect(end, name).toBe("unreadable");
    else
      expect(end, name).toSatisfy((found: { rows?: unknown[] }) => (found.rows ?? found).toString() === "");
  }
  const asked = { rows: [], unreadable: [], unknown: [ID] };
  expect(await ending((xero) => xero.invoicesById([ID]))).toEqual(asked);
  expect(await ending((xero) => xero.contactsById([ID]))).toEqual(asked);
});

test("no write is done because Xero says OK and nothing of it", async () => {
  const payment = {
    ...{ reference: REFERENCE, accountId: ID, date: "2026-11-21", currency: "AUD" },
    lines: [{ invoiceId: ID, amountMinor: 100n }],
  };
  for (const body of ["{}", EMPTY, '{"Payments":[{}]}']) {
    await says(body);
    expect(await ending((xero) => xero.createPayment(payment, "key"))).toBe("unreadable");
    const removal = { xeroId: ID, isBatch: false };
    expect(await ending((xero) => xero.deletePayment(removal, "key"))).toBe("unreadable");
    const several = await ending((xero) => xero.createPayments([payment], "key"));
    expect(several === "unreadable" || (several as Map<string, unknown>).size === 0).toBe(true);
    await simulator().control("DELETE", "/control/faults");
  }
});
