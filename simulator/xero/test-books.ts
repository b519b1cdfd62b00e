/** Documents that tests of several families begin with. */
import { expect } from "vitest";
import type { Desk } from "./test-desk.ts";

let numbers = 0;

/** An approved sales invoice without tax, of a contact of its own unless the change names one. */
export async function openSale(desk: Desk, total: number, change: object = {}, tenantId = desk.au) {
  const at = ++numbers;
  const body = {
    Type: "ACCREC",
    InvoiceNumber: `SALE-${at}`,
    Contact: { Name: `Buyer ${at}` },
    Date: "2026-11-01",
    DueDate: "2026-11-15",
    Status: "AUTHORISED",
    LineAmountTypes: "NoTax",
    LineItems: [{ Description: "Work", Quantity: 1, UnitAmount: total, AccountCode: "200" }],
    ...change,
  };
  const answer = await desk.call("PUT", "/Invoices", { body, tenantId });
  expect(answer.body.Elements).toBeUndefined();
  return answer.body.Invoices[0];
}

/** An approved credit note for the same contact, without tax. */
export async function openCredit(desk: Desk, total: number, Contact: object, change: object = {}) {
  const body = {
    ...{ Type: "ACCRECCREDIT", Contact, Date: "2026-11-05", Status: "AUTHORISED" },
    LineAmountTypes: "NoTax",
    LineItems: [{ Description: "Refund", Quantity: 1, UnitAmount: total, AccountCode: "200" }],
    ...change,
  };
  const answer = await desk.call("PUT", "/CreditNotes", { body });
  expect(answer.body.Elements).toBeUndefined();
  return answer.body.CreditNotes[0];
}

type Refusal = { body: { Elements: { ValidationErrors: { Message: string }[] }[] } };

/** What the first element of a refused call is told. */
export const messages = ({ body }: Refusal) =>
  body.Elements[0]?.ValidationErrors.map(({ Message }) => Message);

export const accountNamed = async (desk: Desk, name: string, tenantId = desk.au) => {
  const { accounts } = await desk.control(`/xero/accounts?tenantId=${tenantId}`);
  return accounts.find((account: { name: string }) => account.name === name);
};
