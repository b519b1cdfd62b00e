import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accountNamed, messages, openCredit, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const note = (path: string, Details: string) =>
  desk.call("PUT", `${path}/History`, { body: { HistoryRecords: [{ Details }] } });
const history = async (path: string) => (await desk.call("GET", `${path}/History`)).body.HistoryRecords;
const changes = async (path: string) =>
  (await history(path)).map(({ Changes }: { Changes: string }) => Changes);

test("a note stands in an invoice's history beside what Xero wrote itself, the newest first", async () => {
  const { InvoiceID } = await openSale(desk, 50);
  const path = `/Invoices/${InvoiceID}`;
  await desk.call("POST", "/Payments", {
    body: { Invoice: { InvoiceID }, Account: { Code: "090" }, Date: "2026-11-20", Amount: 50 },
  });
  const { status, body } = await note(path, "Paid by card, pay_1");
  expect(status).toBe(200);
  expect(body.HistoryRecords[0]).toMatchObject({ Details: "Paid by card, pay_1", ValidationErrors: [] });
  expect(await changes(path)).toEqual(["Note", "Paid", "Approved"]);
  const [newest] = await history(path);
  expect(newest).toMatchObject({ User: "System Generated", Details: "Paid by card, pay_1" });
});

test("each entry says what happened; apps are named, people by their names", async () => {
  const EmailAddress = "history@bay.example";
  const { InvoiceID, InvoiceNumber, Contact } = await openSale(desk, 50, {
    Contact: { Name: "History Ltd", EmailAddress },
  });
  await desk.control("/xero/invoice", { tenantId: desk.au, invoice: InvoiceID, dueDate: "2027-01-31" });
  const { CreditNoteID } = await openCredit(desk, 20, { ContactID: Contact.ContactID });
  await desk.call("PUT", `/CreditNotes/${CreditNoteID}/Allocations`, {
    body: { Allocations: [{ Invoice: { InvoiceID }, Amount: 20 }] },
  });
  await desk.call("POST", `/Invoices/${InvoiceID}/Email`, { body: {} });
  expect(await history(`/Invoices/${InvoiceID}`)).toMatchObject([
    { Changes: "Invoice sent", Details: "This invoice has been sent" },
    { Changes: "Credited", Details: "Amount credited on 05/11/2026 for 20.00.", User: "System Generated" },
    {
      Changes: "Edited",
      Details: `${InvoiceNumber} to ${Contact.Name} for 50.00.`,
      User: expect.stringMatching(/^\w+ \w+$/),
    },
    { Changes: "Approved", Details: expect.stringMatching(/^Received through the Xero API from ./) },
  ]);
});

test("every kind of document has a history to note in", async () => {
  const { InvoiceID } = await openSale(desk, 50);
  const { CreditNoteID, Contact } = await openCredit(desk, 50, { Name: "Bayside Club" });
  const settled = { Invoice: { InvoiceID }, Account: { Code: "090" }, Date: "2026-11-20", Amount: 5 };
  const { PaymentID } = (await desk.call("POST", "/Payments", { body: settled })).body.Payments[0];
  const clearing = { AccountID: (await accountNamed(desk, "Card clearing")).id };
  const overpaid = {
    ...{ Type: "RECEIVE-OVERPAYMENT", BankAccount: clearing, Contact: { ContactID: Contact.ContactID } },
    LineItems: [{ Description: "Twice", LineAmount: 5 }],
  };
  const [transaction] = (await desk.call("PUT", "/BankTransactions", { body: overpaid })).body
    .BankTransactions;
  const moved = { FromBankAccount: clearing, ToBankAccount: { Code: "090" }, Amount: 1 };
  const { BankTransferID } = (await desk.call("PUT", "/BankTransfers", { body: moved })).body
    .BankTransfers[0];
  const order = { Contact: { ContactID: Contact.ContactID }, LineItems: [{ Description: "Chairs" }] };
  const { PurchaseOrderID } = (await desk.call("PUT", "/PurchaseOrders", { body: order })).body
    .PurchaseOrders[0];
  const { ItemID } = (await desk.call("GET", "/Items/HOUR")).body.Items[0];
  const paths = [
    `/PurchaseOrders/${PurchaseOrderID}`,
    `/Items/${ItemID}`,
    `/CreditNotes/${CreditNoteID}`,
    `/Payments/${PaymentID}`,
    `/BankTransactions/${transaction.BankTransactionID}`,
    `/BankTransfers/${BankTransferID}`,
    `/Overpayments/${transaction.OverpaymentID}`,
    `/Contacts/${Contact.ContactID}`,
  ];
  for (const path of paths) {
    expect((await note(path, `Note on ${path}`)).status).toBe(200);
    expect((await history(path))[0].Details).toBe(`Note on ${path}`);
  }
});

test("a note says something, in 2,500 characters, of a document that is there", async () => {
  const { InvoiceID } = await openSale(desk, 50);
  const path = `/Invoices/${InvoiceID}`;
  expect((await note(path, "x".repeat(2500))).status).toBe(200);
  expect(messages(await note(path, "x".repeat(2501)))).toEqual([
    "Details must not be more than 2500 characters",
  ]);
  expect(messages(await note(path, ""))).toEqual(["Details must be specified"]);
  expect(messages(await note(`/Invoices/${desk.au}`, "x"))).toEqual([
    "The document with the supplied id was not found for this endpoint.",
  ]);
  expect((await desk.call("GET", `/Invoices/${desk.au}/History`)).status).toBe(404);
});
