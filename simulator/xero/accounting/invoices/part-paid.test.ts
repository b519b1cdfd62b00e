/** What may change of an invoice with money on it, and who can see that it did. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages, openCredit, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const refused = ["This document cannot be edited as it has a payment or credit note allocated to it."];
const read = async (id: string) => (await desk.call("GET", `/Invoices/${id}`)).body.Invoices[0];
const post = (id: string, body: object) => desk.call("POST", `/Invoices/${id}`, { body });

/** A sale or bill of 100.00 of which 40.00 is paid, a few seconds ago. */
async function partPaid(change: object = {}) {
  const { InvoiceID } = await openSale(desk, 100, change);
  await desk.call("POST", "/Payments", {
    body: { Invoice: { InvoiceID }, Account: { Code: "090" }, Date: "2026-11-20", Amount: 40 },
  });
  await desk.control("/clock", { advanceSeconds: 5 });
  return read(InvoiceID);
}

test.each(["ACCREC", "ACCPAY"])(
  "of a part-paid %s whom it is for, its number, dates and texts may change",
  async (Type) => {
    const { InvoiceID, InvoiceNumber, LineItems, Contact } = await partPaid({ Type });
    const [line] = LineItems;
    const body = {
      ...{ InvoiceNumber: `${InvoiceNumber}-B`, Reference: "PO 7", DueDate: "2027-01-31" },
      Contact: { Name: `Somebody else ${Type}` },
      LineItems: [{ LineItemID: line.LineItemID, Description: "Other work", AccountCode: "260" }],
    };
    const { status } = await post(InvoiceID, body);
    expect(status).toBe(200);
    const after = await read(InvoiceID);
    expect(after).toMatchObject({
      ...{ InvoiceNumber: `${InvoiceNumber}-B`, DueDateString: "2027-01-31T00:00:00", AmountDue: 60 },
      LineItems: [{ ...line, Description: "Other work", AccountCode: "260", AccountID: expect.any(String) }],
    });
    expect(after.Contact.ContactID).not.toBe(Contact.ContactID);
  },
);

test("amounts, days, currency and the number of lines stay, and a credited one stays with its contact", async () => {
  const { InvoiceID, LineItems, Contact } = await partPaid();
  const [{ LineItemID }] = LineItems;
  for (const body of [
    { LineItems: [{ LineItemID, UnitAmount: 90 }] },
    { LineItems: [{ LineItemID, Quantity: 2 }] },
    { LineItems: [{ LineItemID }, { Description: "More", UnitAmount: 1, AccountCode: "200" }] },
    { LineItems: [{ Description: "Work", Quantity: 1, UnitAmount: 100, AccountCode: "200" }] },
    { Date: "2026-10-31" },
    { CurrencyCode: "USD" },
    { LineAmountTypes: "Exclusive" },
  ])
    expect(messages(await post(InvoiceID, body)), JSON.stringify(body)).toEqual(refused);
  const { CreditNoteID } = await openCredit(desk, 10, { ContactID: Contact.ContactID });
  await desk.call("PUT", `/CreditNotes/${CreditNoteID}/Allocations`, {
    body: { Allocations: [{ Invoice: { InvoiceID }, Amount: 10 }] },
  });
  expect(messages(await post(InvoiceID, { Contact: { Name: "Yet another" } }))).toEqual(refused);
});

test("what changes no journal of a part-paid invoice moves no UpdatedDateUTC, and no If-Modified-Since shows it", async () => {
  const { InvoiceID, UpdatedDateUTC } = await partPaid();
  const since = new Date(desk.simulator.world.clock.now() - 2_000).toISOString().slice(0, 19);
  const changed = async () =>
    (
      await desk.call("GET", "/Invoices?page=1", { headers: { "if-modified-since": since } })
    ).body.Invoices.map((one: { InvoiceID: string }) => one.InvoiceID);
  await post(InvoiceID, { DueDate: "2027-01-31", SentToContact: true });
  await desk.control("/xero/invoice", {
    ...{ tenantId: desk.au, invoice: InvoiceID, contact: "Bayside Club", reference: "PO 8" },
  });
  const after = await read(InvoiceID);
  expect(after).toMatchObject({ UpdatedDateUTC, SentToContact: true, Contact: { Name: "Bayside Club" } });
  expect(await changed()).not.toContain(InvoiceID);
  await post(InvoiceID, {
    LineItems: [{ LineItemID: after.LineItems[0].LineItemID, AccountCode: "260" }],
  });
  expect(await changed()).toContain(InvoiceID);
});

test("of an unpaid one each of these does", async () => {
  const { InvoiceID, UpdatedDateUTC } = await openSale(desk, 100);
  await desk.control("/clock", { advanceSeconds: 5 });
  await post(InvoiceID, { DueDate: "2027-01-31" });
  expect((await read(InvoiceID)).UpdatedDateUTC).not.toBe(UpdatedDateUTC);
});
