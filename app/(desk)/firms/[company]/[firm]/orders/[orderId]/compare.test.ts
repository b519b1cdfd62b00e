import { expect, test } from "vitest";
import type { OrderBody } from "#lib/orders/order-body.ts";
import type { SaidToXero } from "#lib/orders/staff/said-to-xero.ts";
import { compareInvoice } from "./compare.ts";

const chart = {
  accounts: [{ accountId: "bank-1", code: "090", name: "Bank", status: "ACTIVE" }],
  taxRates: [{ taxType: "OUTPUT", name: "GST on Income", percent: "10" }],
  tracking: [],
} as never;
const shown = { currency: "AUD", names: new Map([["c-1", "Bayside Club"]]), chart, country: "AU" };

const sent: OrderBody = {
  ...{ source: "till", number: "W-1", currency: "AUD", amounts: "exclusive", buyer: { cash: true } },
  lines: [{ kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00", tax: "12.00" }],
  payments: [{ tender: "EFTPOS", amount: "100.00" }],
  total: "132.01",
};
const line = {
  ...{ quantity: "1", unitPrice: "0.01", discountPercent: null, accountCode: "090", taxType: "OUTPUT" },
  ...{ itemCode: null, tracking: [] },
};
const said: SaidToXero = {
  ...{ contactId: "c-1", number: null, date: "2026-11-30", dueDate: "2026-12-14", status: "AUTHORISED" },
  lines: [
    { ...line, description: "Tower", quantity: "3", unitPrice: "40.00" },
    { ...line, description: "Rounding", taxType: null },
  ],
  payments: [{ accountId: "bank-1", amountMinor: 10_000n, date: "2026-11-30" }],
  totalMinor: 13_201n,
};

test("each thing that was sent stands beside what Xero has of it, and what Xero has more stands alone", () => {
  const rows = compareInvoice(sent, said, shown).map(({ label, sent: [was], xero }) => [label, was, ...xero]);
  expect(rows).toEqual([
    ["Buyer", "Nobody: a cash sale", "Bayside Club"],
    ["Number", "W-1", "Xero's next"],
    ["Date", "—", "30 Nov 2026"],
    ["Due", "—", "14 Dec 2026"],
    ["Line 1", "Tower", "Tower", "3 × 40.00", "090 · Bank", "GST on Income (10%)"],
    ["Line 2", "—", "Rounding", "1 × 0.01", "090 · Bank", "No tax"],
    ["Payment 1", "EFTPOS: 100.00", "A$100.00", "090 · Bank"],
    ["Total", "132.01", "A$132.01"],
  ]);
});
