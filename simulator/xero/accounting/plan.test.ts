import { afterAll, beforeAll, expect, test } from "vitest";
import { messages, openSale } from "../test-books.ts";
import { type Desk, openDesk } from "../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const lever = (name: string, body: object) => desk.control(`/xero/${name}`, { tenantId: desk.au, ...body });

test("an organisation whose plan is used up approves nothing more, until it may again", async () => {
  await lever("plan-limit", { approvalsLeft: 1 });
  const { InvoiceID } = await openSale(desk, 40, { Status: "DRAFT" });
  await openSale(desk, 40);
  const limit = ["You have reached the limit of invoices you can approve"];
  const approve = () => desk.call("POST", `/Invoices/${InvoiceID}`, { body: { Status: "AUTHORISED" } });
  expect(messages(await approve())).toEqual(limit);
  const note = {
    ...{ Type: "ACCRECCREDIT", Contact: { Name: "Bayside Club" }, Date: "2026-11-05", Status: "AUTHORISED" },
    LineItems: [{ Description: "Refund", Quantity: 1, UnitAmount: 5, AccountCode: "200" }],
  };
  expect(messages(await desk.call("PUT", "/CreditNotes", { body: note }))).toEqual(limit);
  expect((await desk.call("PUT", "/CreditNotes", { body: { ...note, Status: "DRAFT" } })).status).toBe(200);
  await lever("plan-limit", { approvalsLeft: null });
  expect((await approve()).status).toBe(200);
});

test("a tax rate that was deleted can't be used any more", async () => {
  const line = { Description: "Work", UnitAmount: 5, AccountCode: "200", TaxType: "EXEMPTOUTPUT" };
  const draft = { Type: "ACCREC", Contact: { Name: "Bayside Club" }, LineItems: [line] };
  const put = () => desk.call("PUT", "/Invoices", { body: draft });
  expect((await put()).status).toBe(200);
  await lever("tax-rate", { taxType: "EXEMPTOUTPUT", status: "DELETED" });
  expect(messages(await put())).toEqual([
    "The TaxType code 'EXEMPTOUTPUT' cannot be used with account code '200'.",
  ]);
});
