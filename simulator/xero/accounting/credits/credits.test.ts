import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages, openCredit, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const put = (body: object) => desk.call("PUT", "/CreditNotes", { body });
const note = async (id: string) => (await desk.call("GET", `/CreditNotes/${id}`)).body.CreditNotes[0];
const sale = async (id: string) => (await desk.call("GET", `/Invoices/${id}`)).body.Invoices[0];
const allocate = (id: string, InvoiceID: string, Amount: number) =>
  desk.call("PUT", `/CreditNotes/${id}/Allocations`, {
    body: { Allocations: [{ Invoice: { InvoiceID }, Amount, Date: "2026-01-01" }] },
  });
const line = { Description: "Refund", Quantity: 1, UnitAmount: 100, AccountCode: "200" };
const draft = { Type: "ACCRECCREDIT", Contact: { Name: "Bayside Club" }, Date: "2026-11-05" };

test("a credit note has its tax by line, in cents, as an invoice has", async () => {
  const LineItems = [
    { ...line, UnitAmount: 33.33, TaxType: "OUTPUT" },
    { ...line, UnitAmount: 66.67, TaxType: "OUTPUT" },
    { ...line, UnitAmount: 5, TaxType: "EXEMPTOUTPUT" },
  ];
  const inclusive = { ...draft, LineItems, LineAmountTypes: "Inclusive", CreditNoteNumber: "CN-TAX" };
  const { body, text } = await put(inclusive);
  expect(body.CreditNotes[0]).toMatchObject({ SubTotal: 95.91, TotalTax: 9.09, Total: 105, Status: "DRAFT" });
  expect(text).toContain('"TaxAmount":3.03');
  expect(await note("CN-TAX")).toMatchObject({ CreditNoteNumber: "CN-TAX", RemainingCredit: 105 });
});

test("a credit note is refused in the words of an invoice", async () => {
  const refusal = async (change: object) => messages(await put({ ...draft, LineItems: [line], ...change }));
  const approved = { Status: "AUTHORISED" };
  expect(await refusal({ ...approved, LineItems: [{ ...line, AccountCode: "210" }] })).toEqual([
    "Account code '210' has been archived, or deleted.",
  ]);
  expect(await refusal({ ...approved, LineItems: [{ ...line, AccountCode: "999" }] })).toEqual([
    "Account code '999' is not a valid code for this document.",
  ]);
  expect(await refusal({ LineItems: [{ ...line, TaxType: "OUTPUT9" }] })).toEqual([
    "The TaxType code 'OUTPUT9' cannot be used with account code '200'.",
  ]);
  expect(await refusal({ CurrencyCode: "EUR" })).toEqual(["Organisation is not subscribed to currency EUR"]);
  const { ContactID } = (await openSale(desk, 1)).Contact;
  await desk.control("/xero/contact", { tenantId: desk.au, contactId: ContactID, status: "ARCHIVED" });
  expect(await refusal({ Contact: { ContactID } })).toEqual([
    "The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: "2026-11-05" });
  expect(await refusal({})).toEqual([
    "The document date cannot be before the period lock date, currently set at 5 Nov 2026",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au });
});

test("a number belongs to one living sales credit note; POST finds it and updates it", async () => {
  const numbered = { ...draft, CreditNoteNumber: "CN-ONCE", LineItems: [line] };
  const made = (await put(numbered)).body.CreditNotes[0];
  expect(messages(await put(numbered))).toEqual(["Credit Note # must be unique."]);
  const posted = await desk.call("POST", "/CreditNotes", { body: { ...numbered, Reference: "again" } });
  expect(posted.body.CreditNotes[0]).toMatchObject({ CreditNoteID: made.CreditNoteID, Reference: "again" });
  await desk.call("POST", `/CreditNotes/${made.CreditNoteID}`, { body: { Status: "DELETED" } });
  expect((await put(numbered)).status).toBe(200);
});

test("a credit note takes the rate it is given, or the day's", async () => {
  const foreign = { ...draft, CurrencyCode: "USD", LineItems: [line] };
  expect((await put(foreign)).body.CreditNotes[0].CurrencyRate).toBe(0.6521);
  expect((await put({ ...foreign, CurrencyRate: 0.7 })).body.CreditNotes[0].CurrencyRate).toBe(0.7);
});

test("one bad credit note fails all of them, unless errors are not summarised", async () => {
  const pair = {
    CreditNotes: [
      { ...draft, LineItems: [line], Reference: "pair" },
      { ...draft, Type: undefined },
    ],
  };
  expect((await put(pair)).status).toBe(400);
  const { status, body } = await desk.call("PUT", "/CreditNotes?summarizeErrors=false", { body: pair });
  expect(status).toBe(200);
  expect(
    body.CreditNotes.map(({ StatusAttributeString: word }: { StatusAttributeString: string }) => word),
  ).toEqual(["OK", "ERROR"]);
  const found = await desk.call(
    "GET",
    `/CreditNotes?where=${encodeURIComponent('Reference=="pair"')}&page=1`,
  );
  expect(found.body.CreditNotes).toHaveLength(1);
});

test("an allocation takes what it sets off the invoice, and both are PAID when nothing is left", async () => {
  const { InvoiceID, Contact } = await openSale(desk, 100);
  const { CreditNoteID } = await openCredit(desk, 100, { ContactID: Contact.ContactID });
  const { body } = await allocate(CreditNoteID, InvoiceID, 40);
  expect(body.Allocations[0]).toMatchObject({ Amount: 40, CreditNote: { CreditNoteID } });
  expect(body.Allocations[0].Date).toBe("/Date(1793836800000+0000)/");
  expect(await sale(InvoiceID)).toMatchObject({ Status: "AUTHORISED", AmountCredited: 40, AmountDue: 60 });
  await allocate(CreditNoteID, InvoiceID, 60);
  expect(await sale(InvoiceID)).toMatchObject({ Status: "PAID", AmountDue: 0, AmountPaid: 0 });
  const used = await note(CreditNoteID);
  expect(used).toMatchObject({ Status: "PAID", RemainingCredit: 0 });

  const [first] = used.Allocations;
  const removed = await desk.call("DELETE", `/CreditNotes/${CreditNoteID}/Allocations/${first.AllocationID}`);
  expect(removed.body).toMatchObject({ AllocationID: first.AllocationID, IsDeleted: true });
  expect(await sale(InvoiceID)).toMatchObject({ Status: "AUTHORISED", AmountDue: 40 });
  expect(await note(CreditNoteID)).toMatchObject({ Status: "AUTHORISED", RemainingCredit: 40 });
});

test("no more is allocated than is left of the credit or due on the invoice, and nothing to a paid one", async () => {
  const tooMuch = "Credit Note cannot be allocated as amount is greater than amount outstanding";
  const { InvoiceID, Contact } = await openSale(desk, 100);
  const { CreditNoteID } = await openCredit(desk, 120, { ContactID: Contact.ContactID });
  expect(messages(await allocate(CreditNoteID, InvoiceID, 100.01))).toEqual([tooMuch]);
  expect(messages(await allocate(CreditNoteID, InvoiceID, 120.01))).toEqual([tooMuch]);
  await desk.call("POST", "/Payments", {
    body: { Invoice: { InvoiceID }, Account: { Code: "090" }, Date: "2026-11-20", Amount: 100 },
  });
  expect(messages(await allocate(CreditNoteID, InvoiceID, 10))).toEqual([
    "The invoice you are trying to allocate to has already been paid off",
    tooMuch,
  ]);
});

test("nothing is allocated when both documents lie in closed books", async () => {
  const { InvoiceID, Contact } = await openSale(desk, 100);
  const { CreditNoteID } = await openCredit(desk, 100, { ContactID: Contact.ContactID });
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: "2026-11-05" });
  expect(messages(await allocate(CreditNoteID, InvoiceID, 10))).toEqual([
    "The document date cannot be before the period lock date, currently set at 5 Nov 2026",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: "2026-11-04" });
  expect((await allocate(CreditNoteID, InvoiceID, 10)).status).toBe(200);
  await desk.control("/xero/lock-dates", { tenantId: desk.au });
});

test("a credit note that is used can't be edited or voided, one that isn't can", async () => {
  const { InvoiceID, Contact } = await openSale(desk, 100);
  const { CreditNoteID } = await openCredit(desk, 30, { ContactID: Contact.ContactID });
  const { AllocationID } = (await allocate(CreditNoteID, InvoiceID, 10)).body.Allocations[0];
  const change = (body: object) => desk.call("POST", `/CreditNotes/${CreditNoteID}`, { body });
  expect(messages(await change({ LineItems: [line] }))).toEqual([
    "This document cannot be edited as it has a payment or credit note allocated to it.",
  ]);
  expect((await change({ Status: "VOIDED" })).status).toBe(400);
  expect((await change({ Reference: "still allowed" })).status).toBe(200);
  await desk.call("DELETE", `/CreditNotes/${CreditNoteID}/Allocations/${AllocationID}`);
  expect((await change({ Status: "VOIDED" })).body.CreditNotes[0]).toMatchObject({
    Status: "VOIDED",
    RemainingCredit: 0,
  });
  expect(messages(await change({ Reference: "too late" }))).toEqual([
    "Credit note not of valid status for modification",
  ]);
});

test("a single credit note says whose it is in full; a spent one, since when", async () => {
  const { InvoiceID, Contact } = await openSale(desk, 100);
  const { CreditNoteID, BrandingThemeID } = await openCredit(desk, 30, { ContactID: Contact.ContactID });
  expect(BrandingThemeID).toBeTruthy();
  await allocate(CreditNoteID, InvoiceID, 30);
  const read = await note(CreditNoteID);
  expect(read).toMatchObject({
    ...{ Status: "PAID", FullyPaidOnDate: read.Date, Contact: { IsCustomer: true } },
    Allocations: [{ Amount: 30, Invoice: { InvoiceID, LineItems: [] } }],
  });
  expect(read.Allocations[0]).not.toHaveProperty("IsDeleted");
});
