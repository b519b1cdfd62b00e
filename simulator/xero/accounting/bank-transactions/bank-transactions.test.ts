import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accountNamed, messages, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
let clearing: string;
beforeAll(async () => {
  desk = await openDesk();
  clearing = (await accountNamed(desk, "Card clearing")).id;
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const put = (change: object = {}, query = "", tenantId = desk.au) =>
  desk.call("PUT", `/BankTransactions${query}`, { body: { ...fee(), ...change }, tenantId });
const fee = () => ({
  Type: "SPEND",
  Contact: { Name: "Stripe" },
  BankAccount: { AccountID: clearing },
  Date: "2026-11-20",
  Reference: "fee po_1",
  LineAmountTypes: "Inclusive",
  LineItems: [
    { Description: "Processing fee", Quantity: 1, UnitAmount: 2.1, AccountCode: "404", TaxType: "INPUT" },
  ],
});
const post = (id: string, body: object) => desk.call("POST", `/BankTransactions/${id}`, { body });
const made = async (change: object = {}) => (await put(change)).body.BankTransactions[0];
const overpaid = { Type: "RECEIVE-OVERPAYMENT", LineAmountTypes: "NoTax" };
const surplus = (amount: number, more: object = {}) => ({
  ...overpaid,
  LineItems: [{ Description: "Paid twice", LineAmount: amount, ...more }],
});

test("spent money is AUTHORISED at once, with the tax of its lines", async () => {
  const { text, body } = await put();
  expect(body.BankTransactions[0]).toMatchObject({
    ...{
      Type: "SPEND",
      Status: "AUTHORISED",
      IsReconciled: false,
      Reference: "fee po_1",
      CurrencyCode: "AUD",
    },
    ...{ SubTotal: 1.91, TotalTax: 0.19, Total: 2.1, DateString: "2026-11-20T00:00:00" },
    BankAccount: { AccountID: clearing, Name: "Card clearing" },
    Contact: { Name: "Stripe" },
    LineItems: [{ AccountCode: "404", TaxType: "INPUT", TaxAmount: 0.19, LineAmount: 2.1 }],
  });
  expect(text).toContain('"Total":2.10');
});

test("money only moves at bank accounts that are in use", async () => {
  const refusal = async (BankAccount: object | undefined) => messages(await put({ BankAccount }));
  expect(await refusal(undefined)).toEqual(["BankAccount must be specified"]);
  expect(await refusal({ Code: "612" })).toEqual([
    "Account code '612' is not a valid code for this document.",
  ]);
  const savings = await accountNamed(desk, "Business Savings Account");
  const archive = (status: string) =>
    desk.control("/xero/account", { tenantId: desk.au, accountId: savings.id, status });
  await archive("ARCHIVED");
  expect(await refusal({ Code: "091" })).toEqual(["Account code '091' has been archived, or deleted."]);
  await archive("ACTIVE");
});

test("lines can't be on bank accounts, on debtors, or on archived accounts, and closed books stay closed", async () => {
  const refusal = async (line: object, more: object = {}) =>
    messages(await put({ ...more, LineItems: [{ ...fee().LineItems[0], ...line }] }));
  const notValid = (code: string) => [`Account code '${code}' is not a valid code for this document.`];
  expect(await refusal({ AccountCode: "090" })).toEqual(notValid("090"));
  expect(await refusal({ AccountCode: "610" })).toEqual(notValid("610"));
  expect(await refusal({ AccountCode: "613" })).toEqual([
    "Account code '613' has been archived, or deleted.",
  ]);
  expect(await refusal({ TaxType: "X" })).toEqual([
    "The TaxType code 'X' cannot be used with account code '404'.",
  ]);
  expect(await refusal({}, { Type: "SPEND-TRANSFER" })).toEqual([
    "Transfers can only be created by the BankTransfers endpoint",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: "2026-11-20" });
  const locked = ["The document date cannot be before the period lock date, currently set at 20 Nov 2026"];
  expect(await refusal({})).toEqual(locked);
  await desk.control("/xero/lock-dates", { tenantId: desk.au });
});

test("an archived contact can't be paid or pay", async () => {
  const { ContactID } = (await openSale(desk, 1)).Contact;
  await desk.control("/xero/contact", { tenantId: desk.au, contactId: ContactID, status: "ARCHIVED" });
  expect(messages(await put({ Contact: { ContactID } }))).toEqual([
    "The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.",
  ]);
});

test("a bank transaction can be edited and deleted until it is reconciled", async () => {
  const { BankTransactionID: id } = await made();
  const lines = { LineItems: [{ Description: "Fee", Quantity: 1, UnitAmount: 3, AccountCode: "429" }] };
  expect((await post(id, lines)).body.BankTransactions[0]).toMatchObject({ Total: 3 });
  const reconciled =
    "This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.";
  await post(id, { IsReconciled: true });
  expect(messages(await post(id, lines))).toEqual([reconciled]);
  expect(messages(await post(id, { Status: "DELETED" }))).toEqual([reconciled]);
  const other = await made();
  const wrapped = { BankTransactions: [{ BankTransactionID: other.BankTransactionID, Status: "DELETED" }] };
  const gone = await desk.call("POST", "/BankTransactions", { body: wrapped });
  expect(gone.body.BankTransactions[0].Status).toBe("DELETED");
  expect(messages(await post(other.BankTransactionID, { Status: "DELETED" }))).toEqual([
    "Bank transaction not of valid status for modification",
  ]);
});

test("bank transactions are found by reference, type, state, day and account, with lines only in pages", async () => {
  const { BankTransactionID } = await made({ Reference: "find me" });
  const find = async (query: string) => (await desk.call("GET", `/BankTransactions?${query}`)).body;
  const clause = `Reference=="find me" AND Type=="SPEND" AND Status=="AUTHORISED" AND Date>=DateTime(2026,11,20) AND BankAccount.AccountID==guid("${clearing}")`;
  const page = await find(`where=${encodeURIComponent(clause)}&page=1&pageSize=10`);
  expect(page.pagination).toMatchObject({ itemCount: 1 });
  expect(page.BankTransactions[0]).toMatchObject({ BankTransactionID, LineItems: [{ AccountCode: "404" }] });
  const all = await find(`where=${encodeURIComponent(clause)}`);
  expect(all.BankTransactions[0].LineItems).toEqual([]);
  const later = { "if-modified-since": new Date(Date.now() + 60_000).toISOString() };
  const none = await desk.call("GET", "/BankTransactions", { headers: later });
  expect(none.body.BankTransactions).toEqual([]);
});

test("an overpayment is received on the debtors' account, without tax, and is a credit at once", async () => {
  const { body } = await put({ ...surplus(25, { AccountCode: "610" }), Contact: { Name: "Bayside Club" } });
  const [transaction] = body.BankTransactions;
  expect(transaction).toMatchObject({ Type: "RECEIVE-OVERPAYMENT", Total: 25, TotalTax: 0 });
  const { OverpaymentID, BankTransactionID } = transaction;
  const read = (await desk.call("GET", `/Overpayments/${OverpaymentID}`)).body.Overpayments[0];
  expect(read).toMatchObject({ Type: "RECEIVE-OVERPAYMENT", Status: "AUTHORISED", RemainingCredit: 25 });
  const byCredit = await desk.call("GET", `/BankTransactions/${OverpaymentID}`);
  expect(byCredit.body.BankTransactions[0]).toMatchObject({ BankTransactionID, OverpaymentID });
  expect((await put(surplus(25))).status).toBe(200);
  expect(messages(await put(surplus(25, { AccountCode: "200" })))).toEqual([
    "Account code '200' is not a valid code for this document.",
  ]);
  expect(messages(await put({ ...surplus(25), LineAmountTypes: "Inclusive" }))).toEqual([
    "The LineAmountTypes of an overpayment must be NoTax",
  ]);
});

test("the Reference of an overpayment is not kept, unless the setting says so", async () => {
  const reference = async () => (await made({ ...surplus(5), Reference: "pay_1" })).Reference;
  expect(await reference()).toBe("");
  await desk.control("/xero/settings", { keepCreditReferences: true });
  expect(await reference()).toBe("pay_1");
  await desk.control("/xero/settings", { keepCreditReferences: false });
});

test("an overpayment pays an invoice by an allocation, and can be taken off it again", async () => {
  const { InvoiceID, Contact } = await openSale(desk, 100);
  const { OverpaymentID, BankTransactionID } = await made({
    ...surplus(40),
    Contact: { ContactID: Contact.ContactID },
  });
  const allocate = (Amount: number) =>
    desk.call("PUT", `/Overpayments/${OverpaymentID}/Allocations`, {
      body: { Allocations: [{ Invoice: { InvoiceID }, Amount, Date: "2026-11-21" }] },
    });
  expect(messages(await allocate(40.01))).toEqual([
    "Overpayment cannot be allocated as amount is greater than amount outstanding",
  ]);
  const { AllocationID } = (await allocate(30)).body.Allocations[0];
  const sale = async () => (await desk.call("GET", `/Invoices/${InvoiceID}`)).body.Invoices[0];
  expect(await sale()).toMatchObject({
    AmountDue: 70,
    AmountCredited: 30,
    Overpayments: [{ OverpaymentID }],
  });
  const lever = { tenantId: desk.au, bankTransactionId: BankTransactionID };
  expect(await desk.control("/xero/remove-bank-transaction", lever)).toEqual({
    error: "It is set against an invoice or paid back",
  });
  await desk.call("DELETE", `/Overpayments/${OverpaymentID}/Allocations/${AllocationID}`);
  expect(await sale()).toMatchObject({ AmountDue: 100, AmountCredited: 0 });
});

test("overpayments and prepayments can't be deleted by the API; a person voids them", async () => {
  const { OverpaymentID, BankTransactionID } = await made(surplus(40));
  const { BankTransactionID: prepaid } = await made({ ...fee(), Type: "RECEIVE-PREPAYMENT" });
  for (const id of [BankTransactionID, OverpaymentID, prepaid])
    expect(messages(await post(id, { Status: "DELETED" }))).toEqual([
      "Deletes are not supported for spend prepayment, receive prepayment, spend overpayment or receive overpayment transactions.",
    ]);
  expect((await post(BankTransactionID, { Status: "VOIDED" })).status).toBe(400);
  const lever = (bankTransactionId: string) => ({ tenantId: desk.au, bankTransactionId });
  await desk.control("/xero/remove-bank-transaction", lever(prepaid));
  await desk.control("/xero/change-credit", {
    ...{ tenantId: desk.au, kind: "overpayment", id: OverpaymentID, status: "VOIDED" },
  });
  for (const id of [BankTransactionID, prepaid])
    expect((await desk.call("GET", `/BankTransactions/${id}`)).body.BankTransactions[0].Status).toBe(
      "VOIDED",
    );
  const voided = (await desk.call("GET", `/Overpayments/${OverpaymentID}`)).body.Overpayments[0];
  expect(voided).toMatchObject({ Status: "VOIDED", RemainingCredit: 0 });
  expect(await desk.control("/xero/remove-bank-transaction", lever(prepaid))).toEqual({
    error: "It has been voided already",
  });
});

test("a prepayment is received with tax, on an income account", async () => {
  const line = {
    Description: "Deposit",
    Quantity: 1,
    UnitAmount: 110,
    AccountCode: "200",
    TaxType: "OUTPUT",
  };
  const { PrepaymentID } = await made({ Type: "RECEIVE-PREPAYMENT", LineItems: [line] });
  const read = (await desk.call("GET", `/Prepayments/${PrepaymentID}`)).body.Prepayments[0];
  expect(read).toMatchObject({ Type: "RECEIVE-PREPAYMENT", Total: 110, TotalTax: 10, RemainingCredit: 110 });
});

test("the money is in the bank account's currency", async () => {
  const euros = (await accountNamed(desk, "EUR Account", desk.uk)).id;
  const LineItems = [{ Description: "Fee", Quantity: 1, UnitAmount: 3, AccountCode: "404", TaxType: "NONE" }];
  const change = { BankAccount: { AccountID: euros }, LineItems };
  const spent = (await put(change, "", desk.uk)).body.BankTransactions[0];
  expect(spent).toMatchObject({ CurrencyCode: "EUR", CurrencyRate: 1.1384, Total: 3 });
  const given = (await put({ ...change, CurrencyRate: 1.2 }, "", desk.uk)).body.BankTransactions[0];
  expect(given.CurrencyRate).toBe(1.2);
});

test("an overpayment has a currency of its own, the base currency unless it says which", async () => {
  const euros = (await accountNamed(desk, "EUR Account", desk.uk)).id;
  const card = (await accountNamed(desk, "Card clearing", desk.uk)).id;
  const overpaid = async (BankAccount: object, change: object = {}) =>
    (await put({ ...surplus(11.38), BankAccount, ...change }, "", desk.uk)).body.BankTransactions[0];
  const at = async (accountId: string, id: string) =>
    (await desk.control(`/xero/account-balance?tenantId=${desk.uk}&accountId=${accountId}`)).entries.find(
      (entry: { id: string }) => entry.id === id,
    ).amount;
  const own = await overpaid({ AccountID: card }, { CurrencyCode: "EUR", CurrencyRate: 1.138 });
  expect(own).toMatchObject({ CurrencyCode: "EUR", CurrencyRate: 1.138, Total: 11.38 });
  expect(await at(card, own.BankTransactionID)).toBe(1_000);
  const pounds = await overpaid({ AccountID: euros });
  expect(pounds).toMatchObject({ CurrencyCode: "GBP", Total: 11.38 });
  expect(await at(euros, pounds.BankTransactionID)).toBe(1_295);
  const third = { ...surplus(5), BankAccount: { AccountID: euros }, CurrencyCode: "USD" };
  expect(messages(await put(third, "", desk.uk))).toEqual([
    "The currency of the bank account is EUR, not USD",
  ]);
});

test("lines come to something: one of an overpayment, and no zeros", async () => {
  const line = { Description: "Fee", Quantity: 1, UnitAmount: 1, AccountCode: "404", TaxType: "NONE" };
  const lines = async (...LineItems: object[]) => messages(await put({ LineItems }));
  expect(await lines({ ...line, UnitAmount: 0 })).toContain("Unit amount must not equal 0");
  expect(await lines({ ...line, Quantity: 0 })).toContain("Quantity must be greater than 0");
  expect(await lines(line, { ...line, UnitAmount: -1 })).toEqual(["The total amount must be positive"]);
  const [one] = surplus(5).LineItems;
  expect(messages(await put({ ...overpaid, LineItems: [one, one] }))).toEqual([
    "Overpayments can only have a single line item",
  ]);
});

test("amounts have their tax in them unless it is said otherwise", async () => {
  const { LineAmountTypes: _, ...silent } = fee();
  const { body } = await desk.call("PUT", "/BankTransactions", { body: silent });
  expect(body.BankTransactions[0]).toMatchObject({ LineAmountTypes: "Inclusive", Total: 2.1 });
});

test("a token that may only write payments can't write bank transactions", async () => {
  const other = await openDesk("openid offline_access accounting.payments");
  const refused = await other.call("GET", "/BankTransactions");
  expect(refused.status).toBe(401);
  expect(refused.headers["www-authenticate"]).toContain("insufficent_scope");
  await other.close();
});
