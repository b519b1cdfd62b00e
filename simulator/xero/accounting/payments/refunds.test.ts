import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages, openCredit, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const pay = (settled: object, change: object = {}) =>
  desk.call("POST", "/Payments", {
    body: { ...settled, Account: { Code: "612" }, Date: "2026-11-20", Amount: 30, ...change },
  });
const note = async (id: string) => (await desk.call("GET", `/CreditNotes/${id}`)).body.CreditNotes[0];

test("a cash refund is a payment of a credit note, which is PAID when nothing is left of it", async () => {
  const { CreditNoteID, CreditNoteNumber } = await openCredit(desk, 50, { Name: "Bayside Club" });
  const made = (await pay({ CreditNote: { CreditNoteID } }, { Reference: "re_1" })).body.Payments[0];
  expect(made).toMatchObject({ PaymentType: "ARCREDITPAYMENT", Status: "AUTHORISED", Amount: 30 });
  expect(made.CreditNote).toMatchObject({ CreditNoteID, RemainingCredit: 20, Status: "AUTHORISED" });
  expect(made.Invoice).toBeUndefined();
  const half = await note(CreditNoteID);
  expect(half).toMatchObject({ Status: "AUTHORISED", RemainingCredit: 20 });
  expect(half.Payments[0]).toMatchObject({ PaymentID: made.PaymentID, Amount: 30, Reference: "re_1" });
  await pay({ CreditNote: { CreditNoteNumber } }, { Amount: 20 });
  expect(await note(CreditNoteID)).toMatchObject({ Status: "PAID", RemainingCredit: 0 });
});

test("what is read back calls the credit note an invoice of type ACCRECCREDIT", async () => {
  const { CreditNoteID, CreditNoteNumber } = await openCredit(desk, 50, { Name: "Bayside Club" });
  const { PaymentID } = (await pay({ CreditNote: { CreditNoteID } })).body.Payments[0];
  const clause = `Invoice.InvoiceID=guid("${CreditNoteID}")`;
  const listed = await desk.call("GET", `/Payments?where=${encodeURIComponent(clause)}`);
  const [single] = (await desk.call("GET", `/Payments/${PaymentID}`)).body.Payments;
  for (const payment of [listed.body.Payments[0], single]) {
    expect(payment).toMatchObject({
      PaymentID,
      PaymentType: "ARCREDITPAYMENT",
      Invoice: { Type: "ACCRECCREDIT", InvoiceID: CreditNoteID, InvoiceNumber: CreditNoteNumber },
    });
    expect(payment.CreditNote).toBeUndefined();
  }
});

test("no more is paid back than is left, and nothing of a draft", async () => {
  const { CreditNoteID } = await openCredit(desk, 50, { Name: "Bayside Club" });
  const both = [
    "Payments can only be made against Authorised documents",
    "Payment amount exceeds the amount outstanding on this document",
  ];
  expect(messages(await pay({ CreditNote: { CreditNoteID } }, { Amount: 50.01 }))).toEqual(both);
  const draft = await openCredit(desk, 50, { Name: "Bayside Club" }, { Status: "DRAFT" });
  expect(messages(await pay({ CreditNote: { CreditNoteID: draft.CreditNoteID } }))).toEqual([both[0]]);
  expect(messages(await pay({ CreditNote: { CreditNoteID: desk.au } }))).toEqual([
    "Document could not be found",
  ]);
  expect(messages(await pay({ CreditNote: { CreditNoteID } }, { Account: { Code: "200" } }))).toEqual([
    "Account code '200' is not a valid code for this document.",
  ]);
  expect(messages(await pay({ CreditNote: { CreditNoteID } }, { Date: "2026-11-04" }))).toEqual([
    "The payment date cannot be before the document date",
  ]);
});

test("a refund that is deleted puts the credit back; a reconciled one stays", async () => {
  const { CreditNoteID } = await openCredit(desk, 30, { Name: "Bayside Club" });
  const { PaymentID } = (await pay({ CreditNote: { CreditNoteID } })).body.Payments[0];
  const remove = () => desk.call("POST", `/Payments/${PaymentID}`, { body: { Status: "DELETED" } });
  await desk.control("/xero/reconcile", { tenantId: desk.au, paymentId: PaymentID });
  expect((await remove()).status).toBe(400);
  await desk.control("/xero/reconcile", { tenantId: desk.au, paymentId: PaymentID, isReconciled: false });
  expect((await remove()).body.Payments[0].Status).toBe("DELETED");
  expect(await note(CreditNoteID)).toMatchObject({ Status: "AUTHORISED", RemainingCredit: 30, Payments: [] });
});

test("a payment of closed books stays", async () => {
  const { InvoiceID } = await openSale(desk, 30);
  const { PaymentID } = (await pay({ Invoice: { InvoiceID } })).body.Payments[0];
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: "2026-11-20" });
  const refused = await desk.call("POST", `/Payments/${PaymentID}`, { body: { Status: "DELETED" } });
  expect(messages(refused)).toEqual([
    "The document date cannot be before the period lock date, currently set at 20 Nov 2026",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au });
});

test("an overpayment and a prepayment are paid back like a credit note", async () => {
  const { contacts } = await desk.control(`/xero/contacts?tenantId=${desk.au}&name=Bayside+Club`);
  const make = async (kind: string) =>
    (await desk.control("/xero/credit", { tenantId: desk.au, kind, contactId: contacts[0].id, total: 30 }))
      .id;
  const later = { Date: "2030-01-01" };
  const OverpaymentID = await make("overpayment");
  const over = (await pay({ Overpayment: { OverpaymentID } }, later)).body.Payments[0];
  expect(over).toMatchObject({
    PaymentType: "AROVERPAYMENTPAYMENT",
    Overpayment: { OverpaymentID, RemainingCredit: 0 },
  });
  const read = (await desk.call("GET", `/Overpayments/${OverpaymentID}`)).body.Overpayments[0];
  expect(read).toMatchObject({
    Status: "PAID",
    RemainingCredit: 0,
    Payments: [{ PaymentID: over.PaymentID }],
  });
  const shown = (await desk.call("GET", `/Payments/${over.PaymentID}`)).body.Payments[0];
  expect(shown.Invoice).toMatchObject({ Type: "AROVERPAYMENT", InvoiceID: OverpaymentID });
  const PrepaymentID = await make("prepayment");
  const pre = (await pay({ Prepayment: { PrepaymentID } }, later)).body.Payments[0];
  expect(pre.PaymentType).toBe("ARPREPAYMENTPAYMENT");
});

test("fifty refunds of one credit note at once: no more than its credit goes out", async () => {
  await desk.control("/xero/settings", { limits: { concurrent: 100, minute: 1000 } });
  const { CreditNoteID } = await openCredit(desk, 100, { Name: "Bayside Club" });
  const answers = await Promise.all(Array.from({ length: 50 }, () => pay({ CreditNote: { CreditNoteID } })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(await note(CreditNoteID)).toMatchObject({ RemainingCredit: 10 });
  await desk.control("/xero/settings", { limits: { concurrent: 5, minute: 60 } });
});
