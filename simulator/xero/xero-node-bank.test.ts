/** The official client walks what moves money at the bank, and what is noted of it (xero-platform.md 6.4). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountingApi, BankTransaction, LineAmountTypes, Payment } from "xero-node";
import { accountNamed, openCredit, openSale } from "./test-books.ts";
import { type Desk, openDesk } from "./test-desk.ts";

let desk: Desk;
let api: AccountingApi;
let au: string;
let clearing: { accountID: string };
beforeAll(async () => {
  desk = await openDesk();
  api = new AccountingApi(`${desk.url}/api.xro/2.0`);
  api.accessToken = desk.token;
  au = desk.au;
  clearing = { accountID: (await accountNamed(desk, "Card clearing")).id };
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

/** The only element of an answer's list. */
function only<T>(list: T[] | undefined): T {
  expect(list).toHaveLength(1);
  return (list as [T])[0];
}
const id = (value: string | undefined) => value ?? "";
const { SPEND, RECEIVEOVERPAYMENT } = BankTransaction.TypeEnum;

test("BankTransactions and their Overpayments", async () => {
  const fee: BankTransaction = {
    ...{ type: SPEND, contact: { name: "Stripe" }, bankAccount: clearing, date: "2026-11-20" },
    ...{ reference: "sdk_fee", lineAmountTypes: LineAmountTypes.Inclusive },
    lineItems: [{ description: "Fee", quantity: 1, unitAmount: 2.1, accountCode: "404", taxType: "INPUT" }],
  };
  const made = only(
    (await api.createBankTransactions(au, { bankTransactions: [fee] })).body.bankTransactions,
  );
  expect(made).toMatchObject({ status: "AUTHORISED", total: 2.1, isReconciled: false, type: "SPEND" });
  const transactionId = id(made.bankTransactionID);
  expect(only((await api.getBankTransaction(au, transactionId)).body.bankTransactions).reference).toBe(
    "sdk_fee",
  );
  const where = 'Reference=="sdk_fee" AND Status=="AUTHORISED"';
  const found = (await api.getBankTransactions(au, new Date("2020-01-01"), where, "Date ASC", 1, 2, 10)).body;
  expect(found.pagination).toMatchObject({ page: 1, itemCount: 1 });
  expect(only(found.bankTransactions).lineItems).toHaveLength(1);
  const DELETED = BankTransaction.StatusEnum.DELETED;
  const gone = {
    bankTransactions: [{ ...fee, lineItems: [], bankTransactionID: transactionId, status: DELETED }],
  };
  expect(only((await api.updateOrCreateBankTransactions(au, gone)).body.bankTransactions).status).toBe(
    "DELETED",
  );

  const surplus: BankTransaction = {
    ...{ type: RECEIVEOVERPAYMENT, contact: { name: "Bayside Club" }, bankAccount: clearing },
    lineAmountTypes: LineAmountTypes.NoTax,
    lineItems: [{ description: "Paid twice", lineAmount: 25, accountCode: "610" }],
  };
  const [received] =
    (await api.createBankTransactions(au, { bankTransactions: [surplus] })).body.bankTransactions ?? [];
  const overpaymentID = id(received?.overpaymentID);
  const overpayment = only((await api.getOverpayment(au, overpaymentID)).body.overpayments);
  expect(overpayment).toMatchObject({ remainingCredit: 25, status: "AUTHORISED" });
  const payment = { overpayment: { overpaymentID }, account: clearing, date: "2030-01-01", amount: 25 };
  const refund = only((await api.createPayment(au, payment)).body.payments);
  expect(refund.paymentType).toBe(Payment.PaymentTypeEnum.AROVERPAYMENTPAYMENT);
  expect(only((await api.getOverpayment(au, overpaymentID)).body.overpayments).status).toBe("PAID");
});

test("BankTransfers", async () => {
  const draft = {
    ...{ fromBankAccount: clearing, toBankAccount: { code: "090" }, amount: 97.9 },
    ...{ date: "2026-11-21", reference: "po_sdk" },
  };
  const make = async () =>
    only((await api.createBankTransfer(au, { bankTransfers: [draft] }, "sdk-transfer")).body.bankTransfers);
  const made = await make();
  expect(made).toMatchObject({ amount: 97.9, status: "AUTHORISED", reference: "po_sdk" });
  expect((await make()).bankTransferID).toBe(made.bankTransferID);
  const transferId = id(made.bankTransferID);
  expect(only((await api.getBankTransfer(au, transferId)).body.bankTransfers).fromIsReconciled).toBe(false);
  const find = async (deleted: boolean) =>
    (await api.getBankTransfers(au, undefined, 'Reference=="po_sdk"', undefined, deleted)).body.bankTransfers;
  expect(only(await find(false)).createdDateUTC).toEqual(expect.any(Date));
  const status = "DELETED";
  await api.deleteBankTransfer(au, transferId, { status });
  expect([await find(false), (await find(true))?.length]).toEqual([[], 1]);
  const again = only((await api.createBankTransfer(au, { bankTransfers: [draft] })).body.bankTransfers);
  const both = { bankTransfers: [{ bankTransferID: id(again.bankTransferID), status }] };
  expect(only((await api.deleteBankTransfers(au, both)).body.bankTransfers).status).toBe("DELETED");
});

test("Payments of CreditNotes", async () => {
  const { CreditNoteID: creditNoteID } = await openCredit(desk, 30, { Name: "Bayside Club" });
  const payment = { creditNote: { creditNoteID }, account: { code: "612" }, date: "2026-11-20", amount: 30 };
  const made = only((await api.createPayments(au, { payments: [payment] })).body.payments);
  expect(made.creditNote).toMatchObject({ creditNoteID, remainingCredit: 0 });
  const read = only((await api.getPayment(au, id(made.paymentID))).body.payments);
  expect(read).toMatchObject({ paymentType: "ARCREDITPAYMENT", invoice: { invoiceID: creditNoteID } });
  const note = only((await api.getCreditNote(au, creditNoteID)).body.creditNotes);
  expect(only(note.payments).paymentID).toBe(made.paymentID);
  await api.deletePayment(au, id(made.paymentID), { status: "DELETED" });
  expect(only((await api.getCreditNote(au, creditNoteID)).body.creditNotes).remainingCredit).toBe(30);
});

test("History", async () => {
  const { InvoiceID } = await openSale(desk, 30);
  const { CreditNoteID } = await openCredit(desk, 30, { Name: "Bayside Club" });
  const note = { historyRecords: [{ details: "from the SDK" }] };
  const made = only((await api.createInvoiceHistory(au, InvoiceID, note)).body.historyRecords);
  expect(made).toMatchObject({ details: "from the SDK", dateUTC: expect.any(Date) });
  const [newest] = (await api.getInvoiceHistory(au, InvoiceID)).body.historyRecords ?? [];
  expect(newest).toMatchObject({ details: "from the SDK", changes: "Note", user: "System Generated" });
  await api.createCreditNoteHistory(au, CreditNoteID, note);
  expect((await api.getCreditNoteHistory(au, CreditNoteID)).body.historyRecords).toHaveLength(2);
});
