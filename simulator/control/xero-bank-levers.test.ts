import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accountNamed, openCredit, openSale } from "../xero/test-books.ts";
import { type Desk, openDesk } from "../xero/test-desk.ts";

let desk: Desk;
let clearing: string;
let contactId: string;
beforeAll(async () => {
  desk = await openDesk();
  clearing = (await accountNamed(desk, "Card clearing")).id;
  contactId = (await truth("contacts", "name=Bayside+Club"))[0]?.id ?? "";
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const lever = (name: string, body: object) => desk.control(`/xero/${name}`, { tenantId: desk.au, ...body });
const truth = async (what: string, query = "") =>
  Object.values(await desk.control(`/xero/${what}?tenantId=${desk.au}&${query}`))[0] as Record<
    string,
    string
  >[];
const balance = (accountId: string) =>
  desk.control(`/xero/account-balance?tenantId=${desk.au}&accountId=${accountId}`);
const spend = { type: "SPEND", account: "404", amount: "2.10", reference: "by hand" };

test("an account's balance is what payments, transactions, transfers and lines have left there", async () => {
  const stripe = await accountNamed(desk, "Stripe clearing");
  const { InvoiceID } = await openSale(desk, 100);
  const { CreditNoteID } = await openCredit(desk, 30, { Name: "Bayside Club" });
  const pay = (settled: object, Amount: number, account: object) =>
    desk.call("POST", "/Payments", { body: { ...settled, Account: account, Date: "2026-11-20", Amount } });
  await pay({ Invoice: { InvoiceID } }, 100, { AccountID: clearing });
  await pay({ CreditNote: { CreditNoteID } }, 30, { AccountID: clearing });
  await lever("bank-transaction", { ...spend, bankAccount: clearing, contactId });
  const moved = await lever("bank-transfer", {
    from: clearing,
    to: "090",
    amount: "67.90",
    reference: "po_1",
  });
  const read = await balance(clearing);
  expect(read).toMatchObject({ accountId: clearing, currency: "AUD", balance: 0 });
  expect(
    read.entries.map(({ type, amount }: { type: string; amount: number }) => [type, amount]).sort(),
  ).toEqual([
    ["ACCRECPAYMENT", 10_000],
    ["ARCREDITPAYMENT", -3_000],
    ["SPEND", -210],
    ["SPEND-TRANSFER", -6_790],
  ]);
  await lever("remove-bank-transfer", { bankTransferId: moved.id });
  expect((await balance(clearing)).balance).toBe(6_790);

  const before = (await balance(stripe.id)).balance;
  await lever("bank-transaction", { ...spend, account: "612", bankAccount: "090", contactId });
  expect((await balance(stripe.id)).balance).toBe(before + 210);
  expect((await desk.control(`/xero/account-balance?tenantId=${desk.au}&accountId=x`)).error).toBe(
    "No such account",
  );
});

test("a person codes a bank line to another account, or moves it to another bank account", async () => {
  const { id } = await lever("bank-transaction", { ...spend, bankAccount: clearing, contactId });
  await lever("recode-bank-transaction", { bankTransactionId: id, account: "429" });
  const read = async () => (await desk.call("GET", `/BankTransactions/${id}`)).body.BankTransactions[0];
  expect(await read()).toMatchObject({
    Total: 2.1,
    LineItems: [{ AccountCode: "429" }],
    BankAccount: { AccountID: clearing },
  });
  await lever("recode-bank-transaction", { bankTransactionId: id, bankAccount: "090" });
  expect(await read()).toMatchObject({ BankAccount: { Code: "090" }, LineItems: [{ AccountCode: "429" }] });
  expect(await truth("bank-transactions", "reference=by+hand&type=SPEND")).not.toEqual([]);
});

test("a person matches documents with the bank's lines, and undoes it", async () => {
  const { id } = await lever("bank-transaction", { ...spend, bankAccount: clearing, contactId });
  const moved = await lever("bank-transfer", { from: clearing, to: "090", amount: 5 });
  const remove = (path: string) => desk.call("POST", path, { body: { Status: "DELETED" } });
  const [one, other] = [`/BankTransactions/${id}`, `/BankTransfers/${moved.id}`];
  await lever("reconcile", { bankTransactionId: id });
  await lever("reconcile", { bankTransferId: moved.id });
  expect((await remove(one)).status).toBe(400);
  expect((await remove(other)).status).toBe(400);
  await lever("reconcile", { bankTransactionId: id, isReconciled: false });
  await lever("reconcile", { bankTransferId: moved.id, isReconciled: false });
  expect((await remove(one)).status).toBe(200);
  expect((await remove(other)).status).toBe(200);
  expect(await lever("remove-bank-transaction", { bankTransactionId: id })).toEqual({
    error: "It has been deleted already",
  });
});

test("a batch that is matched with a bank line, or lies in closed books, stays, with all of its payments", async () => {
  const { InvoiceID } = await openSale(desk, 40);
  const body = {
    Account: { AccountID: clearing },
    Date: "2026-11-20",
    Payments: [{ Invoice: { InvoiceID }, Amount: 40 }],
  };
  const [batch] = (await desk.call("PUT", "/BatchPayments", { body })).body.BatchPayments;
  const path = `/BatchPayments/${batch.BatchPaymentID}`;
  await lever("lock-dates", { periodLockDate: "2026-11-20" });
  expect((await desk.call("POST", path, { body: { Status: "DELETED" } })).status).toBe(400);
  await lever("lock-dates", {});
  await lever("reconcile", { batchPaymentId: batch.BatchPaymentID });
  expect((await desk.call("POST", path, { body: { Status: "DELETED" } })).status).toBe(400);
  const [payment] = await truth("payments", `invoiceId=${InvoiceID}`);
  expect(payment).toMatchObject({ isReconciled: true });
});

test("a batch that goes after one of its payments takes off what is left, and no more", async () => {
  const [one, two] = [await openSale(desk, 40), await openSale(desk, 60)];
  const Payments = [one, two].map(({ InvoiceID, Total }) => ({ Invoice: { InvoiceID }, Amount: Total }));
  const body = { Account: { AccountID: clearing }, Date: "2026-11-20", Payments };
  const [batch] = (await desk.call("PUT", "/BatchPayments", { body })).body.BatchPayments;
  await lever("remove-payment", { paymentId: batch.Payments[0].PaymentID });
  await lever("remove-payment", { batchPaymentId: batch.BatchPaymentID });
  for (const { InvoiceID, Total } of [one, two]) {
    const [invoice] = (await desk.call("GET", `/Invoices/${InvoiceID}`)).body.Invoices;
    expect(invoice).toMatchObject({ Status: "AUTHORISED", AmountPaid: 0, AmountDue: Total });
  }
});

test("a person deletes what moved money, once", async () => {
  const made = await lever("bank-transaction", { ...spend, bankAccount: clearing, contactId });
  const removal = { bankTransactionId: made.id };
  expect(await lever("remove-bank-transaction", removal)).toMatchObject({ status: "DELETED" });
  const moved = await lever("bank-transfer", { from: clearing, to: "090", amount: 5 });
  expect(await lever("remove-bank-transaction", { bankTransactionId: moved.fromTransactionId })).toEqual({
    error: "It is a side of a transfer: remove that",
  });
  const { InvoiceID } = await openSale(desk, 40);
  const payment = await lever("pay", { invoice: InvoiceID, amount: 40, account: "090" });
  await lever("remove-payment", { paymentId: payment.id });
  expect(await lever("remove-payment", { paymentId: payment.id })).toEqual({
    error: "It has been deleted already",
  });
  const { AmountDue } = (await desk.call("GET", `/Invoices/${InvoiceID}`)).body.Invoices[0];
  expect(AmountDue).toBe(40);
});

test("a person edits a credit note and pays it back by hand", async () => {
  const { CreditNoteID } = await openCredit(desk, 30, { Name: "Bayside Club" });
  const named = { kind: "credit-note", id: CreditNoteID };
  await lever("change-credit", { ...named, total: "45.50", number: "CN-HAND", date: "2026-11-06" });
  const read = async () => (await desk.call("GET", "/CreditNotes/CN-HAND")).body.CreditNotes[0];
  expect(await read()).toMatchObject({ Total: 45.5, DateString: "2026-11-06T00:00:00" });
  const refund = await lever("refund", { ...named, amount: "45.50", account: "612", reference: "re_hand" });
  expect(refund).toMatchObject({ type: "ARCREDITPAYMENT", reference: "re_hand" });
  expect(await read()).toMatchObject({ Status: "PAID", RemainingCredit: 0 });
  expect(await lever("change-credit", { ...named, total: 1 })).toEqual({ error: "More than that is used" });
  expect(await lever("refund", { ...named, amount: 1, account: "612" })).toEqual({
    error: "That much is not left",
  });
});

test("truth knows deleted transfers, and the notes of each document", async () => {
  const moved = await lever("bank-transfer", { from: clearing, to: "090", amount: 5, reference: "po_truth" });
  await lever("remove-bank-transfer", { bankTransferId: moved.id });
  expect(await truth("bank-transfers", "reference=po_truth")).toMatchObject([
    { status: "DELETED", amount: 500 },
  ]);
  const { InvoiceID } = await openSale(desk, 40);
  await desk.call("PUT", `/Invoices/${InvoiceID}/History`, {
    body: { HistoryRecords: [{ Details: "noted" }] },
  });
  expect(await truth("history", `documentId=${InvoiceID}`)).toMatchObject([{ details: "noted" }]);
});
