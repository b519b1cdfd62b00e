/** An official client of seven majors ago does a whole job: what it reads and writes is there for it too. */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  AccountingApi,
  BankTransaction,
  CreditNote,
  Invoice,
  LineAmountTypes,
  PurchaseOrder,
} from "xero-node-13";
import { type Desk, openDesk } from "./test-desk.ts";

let desk: Desk;
let api: AccountingApi;
let au: string;
beforeAll(async () => {
  desk = await openDesk();
  api = new AccountingApi(`${desk.url}/api.xro/2.0`);
  api.accessToken = desk.token;
  au = desk.au;
});
afterAll(() => desk.close());

/** The only element of an answer's list. */
function only<T>(list: T[] | undefined): T {
  expect(list).toHaveLength(1);
  return (list as [T])[0];
}

const lineItems = (unitAmount: number, accountCode = "200") => [
  { description: "Work", quantity: 1, unitAmount, accountCode },
];

async function sale(contactID: string, total: number): Promise<string> {
  const invoice: Invoice = {
    ...{ type: Invoice.TypeEnum.ACCREC, status: Invoice.StatusEnum.AUTHORISED, contact: { contactID } },
    ...{ date: "2026-11-01", dueDate: "2026-11-15", lineAmountTypes: LineAmountTypes.NoTax },
    lineItems: lineItems(total),
  };
  const { body } = await api.createInvoices(au, { invoices: [invoice] });
  return only(body.invoices).invoiceID ?? "";
}

async function client(): Promise<string> {
  const { body } = await api.createContacts(au, {
    contacts: [{ name: "Client of 13", contactPersons: [{ firstName: "Ann", includeInEmails: true }] }],
  });
  return only(body.contacts).contactID ?? "";
}

test("an invoice is sent, paid, corrected and refunded; money beside it is spent and moved", async () => {
  expect(only((await api.getOrganisations(au)).body.organisations).baseCurrency).toBe("AUD");
  const contactID = await client();
  const read = only((await api.getContact(au, contactID)).body.contacts);
  expect(read.contactPersons).toMatchObject([{ firstName: "Ann", includeInEmails: true }]);

  const [one, two] = [await sale(contactID, 100), await sale(contactID, 50)];
  const online = await api.getOnlineInvoice(au, one);
  expect(only(online.body.onlineInvoices).onlineInvoiceUrl).toContain("/online-invoice/");
  const clearing = { code: "612" };
  const paid = await api.createPayment(au, {
    ...{ invoice: { invoiceID: one }, account: clearing, date: "2026-11-20", amount: 40, reference: "P13" },
  });
  expect(only(paid.body.payments).invoice).toMatchObject({ amountDue: 60, status: "AUTHORISED" });
  const batch = await api.createBatchPayment(au, {
    batchPayments: [
      {
        ...{ account: clearing, date: "2026-11-20", reference: "B13" },
        payments: [
          { invoice: { invoiceID: one }, amount: 60 },
          { invoice: { invoiceID: two }, amount: 50 },
        ],
      },
    ],
  });
  expect(only(batch.body.batchPayments)).toMatchObject({ totalAmount: 110, type: "RECBATCH" });
  const open = only((await api.getInvoice(au, one)).body.invoices);
  expect(open).toMatchObject({ status: "PAID", amountDue: 0 });
  expect(open.payments).toHaveLength(2);

  const note = await api.createCreditNotes(au, {
    creditNotes: [
      {
        ...{ type: CreditNote.TypeEnum.ACCRECCREDIT, status: CreditNote.StatusEnum.AUTHORISED },
        ...{ contact: { contactID }, date: "2026-11-21", lineAmountTypes: LineAmountTypes.NoTax },
        lineItems: lineItems(30),
      },
    ],
  });
  const creditNoteID = only(note.body.creditNotes).creditNoteID ?? "";
  await api.createPayment(au, {
    ...{ creditNote: { creditNoteID }, account: clearing, date: "2026-11-22", amount: 30 },
  });
  expect(only((await api.getCreditNote(au, creditNoteID)).body.creditNotes)).toMatchObject({
    ...{ status: "PAID", remainingCredit: 0 },
  });

  const { accounts } = (await api.getAccounts(au, undefined, 'Name=="Card clearing"')).body;
  const bankAccount = { accountID: only(accounts).accountID ?? "" };
  const overpaid = await api.createBankTransactions(au, {
    bankTransactions: [
      {
        ...{ type: BankTransaction.TypeEnum.RECEIVEOVERPAYMENT, contact: { contactID }, bankAccount },
        ...{ date: "2026-11-23", lineAmountTypes: LineAmountTypes.NoTax },
        ...{ lineItems: [{ description: "Twice", lineAmount: 20 }] },
      },
    ],
  });
  const overpaymentID = only(overpaid.body.bankTransactions).overpaymentID ?? "";
  await api.createPayment(au, {
    ...{ overpayment: { overpaymentID }, account: bankAccount, date: "2026-11-30", amount: 20 },
  });
  expect(only((await api.getOverpayment(au, overpaymentID)).body.overpayments).remainingCredit).toBe(0);
  const spent = await api.createBankTransactions(au, {
    bankTransactions: [
      {
        ...{ type: BankTransaction.TypeEnum.SPEND, contact: { contactID }, bankAccount },
        lineItems: lineItems(2, "404"),
      },
    ],
  });
  const spentId = only(spent.body.bankTransactions).bankTransactionID ?? "";
  const gone = await api.updateBankTransaction(au, spentId, {
    bankTransactions: [{ status: BankTransaction.StatusEnum.DELETED } as BankTransaction],
  });
  expect(only(gone.body.bankTransactions).status).toBe("DELETED");
  const moved = await api.createBankTransfer(au, {
    bankTransfers: [{ fromBankAccount: bankAccount, toBankAccount: { code: "090" }, amount: 5 }],
  });
  expect(only(moved.body.bankTransfers).amount).toBe(5);

  const order: PurchaseOrder = {
    ...{ contact: { contactID }, purchaseOrderNumber: "PO13", status: PurchaseOrder.StatusEnum.SUBMITTED },
    lineItems: [
      {
        ...{ itemCode: "PAPER-A4", quantity: 2 },
        tracking: [
          { name: "Region", option: "North" },
          { name: "Region", option: "Nowhere" },
        ],
      },
    ],
  };
  const ordered = only((await api.createPurchaseOrders(au, { purchaseOrders: [order] })).body.purchaseOrders);
  expect(only(ordered.lineItems)).toMatchObject({ unitAmount: 30.125, accountCode: "453" });
  expect(only(only(ordered.lineItems).tracking).option).toBe("North");
  const { BILLED } = PurchaseOrder.StatusEnum;
  await api.updatePurchaseOrder(au, ordered.purchaseOrderID ?? "", { purchaseOrders: [{ status: BILLED }] });
  expect(only((await api.getPurchaseOrderByNumber(au, "PO13")).body.purchaseOrders)).toMatchObject({
    ...{ status: BILLED, subTotal: 60.25, totalTax: 6.03 },
  });

  await api.createInvoiceHistory(au, one, { historyRecords: [{ details: "Noted by 13" }] });
  const { historyRecords } = (await api.getInvoiceHistory(au, one)).body;
  expect(historyRecords?.[0]?.details).toBe("Noted by 13");
});
