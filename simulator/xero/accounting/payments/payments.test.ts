import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await desk.control("/xero/forget-usage", {});
});
afterAll(() => desk.close());

let numbers = 0;

async function openInvoice(total: number, change: object = {}, tenantId = desk.au) {
  const name = `Payer ${numbers}`;
  const body = {
    Type: "ACCREC",
    InvoiceNumber: `PAY-${numbers++}`,
    Contact: { Name: name },
    Date: "2026-11-01",
    DueDate: "2026-11-15",
    Status: "AUTHORISED",
    LineAmountTypes: "NoTax",
    LineItems: [{ Description: "x", Quantity: 1, UnitAmount: total, AccountCode: "200" }],
    ...change,
  };
  const answer = await desk.call("PUT", "/Invoices", { body, tenantId });
  expect(answer.status).toBe(200);
  return answer.body.Invoices[0];
}

const invoice = async (id: string, tenantId = desk.au) =>
  (await desk.call("GET", `/Invoices/${id}`, { tenantId })).body.Invoices[0];
const pay = (InvoiceID: string, change: object = {}, tenantId = desk.au) =>
  desk.call("POST", "/Payments", {
    tenantId,
    body: { Invoice: { InvoiceID }, Account: { Code: "090" }, Date: "2026-11-20", Amount: 10, ...change },
  });
const messages = (answer: { body: { Elements: { ValidationErrors: { Message: string }[] }[] } }) =>
  answer.body.Elements[0]?.ValidationErrors.map(({ Message }) => Message);

test("a payment in full makes the invoice PAID, its removal makes it AUTHORISED again", async () => {
  const { InvoiceID, UpdatedDateUTC } = await openInvoice(100);
  const { status, body, text } = await pay(InvoiceID, { Amount: 100, Reference: "pay_1" });
  expect(status).toBe(200);
  const [payment] = body.Payments;
  expect(payment).toMatchObject({
    ...{
      Amount: 100,
      BankAmount: 100,
      PaymentType: "ACCRECPAYMENT",
      Status: "AUTHORISED",
      IsReconciled: false,
    },
    Invoice: { InvoiceID, AmountDue: 0, AmountPaid: 100, Status: "PAID" },
  });
  expect(text).toContain('"Amount":100.00');
  const paid = await invoice(InvoiceID);
  expect(paid).toMatchObject({ Status: "PAID", FullyPaidOnDate: "/Date(1795132800000+0000)/" });
  expect(paid.UpdatedDateUTC).not.toBe(UpdatedDateUTC);
  expect(paid.Payments[0]).toMatchObject({ PaymentID: payment.PaymentID, Amount: 100, Reference: "pay_1" });

  const removed = await desk.call("POST", `/Payments/${payment.PaymentID}`, { body: { Status: "DELETED" } });
  expect(removed.body.Payments[0].Status).toBe("DELETED");
  const open = await invoice(InvoiceID);
  expect(open).toMatchObject({ Status: "AUTHORISED", AmountDue: 100, AmountPaid: 0 });
  expect(open).not.toHaveProperty("Payments");
  expect(open).not.toHaveProperty("FullyPaidOnDate");
  expect(
    (await desk.call("POST", `/Payments/${payment.PaymentID}`, { body: { Status: "DELETED" } })).status,
  ).toBe(400);
});

test("paying too much, or what is paid, says both things and takes nothing", async () => {
  const both = [
    "Payments can only be made against Authorised documents",
    "Payment amount exceeds the amount outstanding on this document",
  ];
  const { InvoiceID } = await openInvoice(100);
  expect(messages(await pay(InvoiceID, { Amount: 100.01 }))).toEqual(both);
  await pay(InvoiceID, { Amount: 60 });
  expect(await invoice(InvoiceID)).not.toHaveProperty("FullyPaidOnDate");
  await pay(InvoiceID, { Amount: 40 });
  expect(messages(await pay(InvoiceID, { Amount: 0.01 }))).toEqual(both);
  expect(await invoice(InvoiceID)).toMatchObject({ AmountPaid: 100 });
});

test("accounts must take payments, be in use, and be named", async () => {
  const { InvoiceID } = await openInvoice(100);
  const refusal = async (Account: object | undefined) => messages(await pay(InvoiceID, { Account }));
  expect(await refusal(undefined)).toEqual([
    "You must specify and Account code or Account ID for the payment",
  ]);
  expect(await refusal({ Code: "200" })).toEqual([
    "Account code '200' is not a valid code for this document.",
  ]);
  expect(await refusal({ Code: "613" })).toEqual(["Account code '613' has been archived, or deleted."]);
  expect((await pay(InvoiceID, { Account: { Code: "612" } })).status).toBe(200);
  const { accounts } = await desk.control(`/xero/accounts?tenantId=${desk.au}`);
  const clearing = accounts.find(({ name }: { name: string }) => name === "Card clearing");
  expect(clearing.code).toBeUndefined();
  expect((await pay(InvoiceID, { Account: { AccountID: clearing.id } })).status).toBe(200);
});

test("a voided or unapproved invoice takes no payment, nor does an account that takes none any more", async () => {
  const notOpen = ["Payments can only be made against Authorised documents"];
  const { InvoiceID } = await openInvoice(100);
  const clearing = (await desk.control(`/xero/accounts?tenantId=${desk.au}&code=612`)).accounts[0];
  const takes = (enablePaymentsToAccount: boolean) =>
    desk.control("/xero/account", { tenantId: desk.au, accountId: clearing.id, enablePaymentsToAccount });
  await takes(false);
  expect(messages(await pay(InvoiceID, { Account: { Code: "612" } }))).toEqual([
    "Account code '612' is not a valid code for this document.",
  ]);
  await takes(true);
  await desk.control("/xero/invoice", { tenantId: desk.au, invoice: InvoiceID, status: "VOIDED" });
  expect(messages(await pay(InvoiceID))).toEqual([
    ...notOpen,
    "Payment amount exceeds the amount outstanding on this document",
  ]);
  const draft = await openInvoice(100, { Status: "DRAFT" });
  expect(messages(await pay(draft.InvoiceID))).toEqual(notOpen);
});

test("closed books and days before the invoice refuse a payment", async () => {
  const { InvoiceID } = await openInvoice(100);
  expect(messages(await pay(InvoiceID, { Date: "2026-10-01" }))).toEqual([
    "The payment date cannot be before the document date",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au, endOfYearLockDate: "2026-11-20" });
  expect(messages(await pay(InvoiceID))).toEqual([
    "The document date cannot be before the end of year lock date, currently set at 20 Nov 2026",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au });
});

test("a foreign invoice is paid into its own or the base currency, never a third", async () => {
  const euro = await openInvoice(113.84, { CurrencyCode: "EUR" }, desk.uk);
  expect(euro.CurrencyRate).toBe(1.1384);
  const { accounts } = await desk.control(`/xero/accounts?tenantId=${desk.uk}`);
  const id = (name: string) => accounts.find((account: { name: string }) => account.name === name).id;
  const into = (AccountID: string, more = {}) =>
    pay(euro.InvoiceID, { Account: { AccountID }, ...more }, desk.uk);
  const third = await into(id("USD Account"));
  expect(third.status).toBe(400);
  const base = await into(id("Business Bank Account"), { Amount: 11.384 });
  expect(base.body.Payments[0]).toMatchObject({ Amount: 11.38, BankAmount: 10, CurrencyRate: 1.1384 });
  const own = await into(id("EUR Account"), { Amount: 20, CurrencyRate: 1.2 });
  expect(own.body.Payments[0]).toMatchObject({ Amount: 20, BankAmount: 20, CurrencyRate: 1.2 });
  const bank = await into(id("Business Bank Account"), { Amount: 12, BankAmount: 10 });
  expect(bank.body.Payments[0]).toMatchObject({ BankAmount: 10, CurrencyRate: 1.2 });
});

test("a reconciled payment stays", async () => {
  const { InvoiceID } = await openInvoice(100);
  const { PaymentID } = (await pay(InvoiceID)).body.Payments[0];
  await desk.control("/xero/reconcile", { tenantId: desk.au, paymentId: PaymentID });
  expect((await desk.call("POST", `/Payments/${PaymentID}`, { body: { Status: "DELETED" } })).status).toBe(
    400,
  );
});

test("payments are found by reference, invoice and page", async () => {
  const { InvoiceID } = await openInvoice(100);
  await pay(InvoiceID, { Reference: "cf_find_me" });
  const find = async (clause: string) =>
    (await desk.call("GET", `/Payments?where=${encodeURIComponent(clause)}&page=1`)).body;
  const byReference = await find('Reference=="cf_find_me" AND Status=="AUTHORISED"');
  expect(byReference.pagination.itemCount).toBe(1);
  const byInvoice = await find(`Invoice.InvoiceId=guid("${InvoiceID}")`);
  const byType = await find(`Invoice.Type=="ACCREC" AND Reference=="cf_find_me"`);
  expect(byType.pagination.itemCount).toBe(1);
  expect(byInvoice.Payments[0]).toMatchObject({
    Reference: "cf_find_me",
    Invoice: { InvoiceID, CurrencyCode: "AUD" },
  });
});

test("a batch pays several invoices at once or none, and goes as one", async () => {
  const [one, two] = [await openInvoice(100), await openInvoice(50)];
  const batch = (first: number, second: number) => ({
    Account: { Code: "612" },
    Date: "2026-11-20",
    Reference: "payout po_1",
    Payments: [
      { Invoice: { InvoiceID: one.InvoiceID }, Amount: first },
      { Invoice: { InvoiceID: two.InvoiceID }, Amount: second },
    ],
  });
  const put = (body: object) => desk.call("PUT", "/BatchPayments", { body: { BatchPayments: [body] } });
  expect((await put(batch(100, 50.01))).status).toBe(400);
  expect(await invoice(one.InvoiceID)).toMatchObject({ Status: "AUTHORISED", AmountPaid: 0 });

  const { body } = await put(batch(100, 20));
  const [made] = body.BatchPayments;
  expect(made).toMatchObject({
    Type: "RECBATCH",
    Status: "AUTHORISED",
    TotalAmount: 120,
    Reference: "payout po_1",
  });
  expect(made.Payments).toHaveLength(2);
  expect(await invoice(one.InvoiceID)).toMatchObject({ Status: "PAID" });
  expect(await invoice(two.InvoiceID)).toMatchObject({ Status: "AUTHORISED", AmountDue: 30 });
  const found = await desk.call(
    "GET",
    `/BatchPayments?where=${encodeURIComponent('Reference=="payout po_1"')}`,
  );
  expect(
    found.body.BatchPayments.map(({ BatchPaymentID }: { BatchPaymentID: string }) => BatchPaymentID),
  ).toEqual([made.BatchPaymentID]);

  expect(made).toMatchObject({ Account: { CurrencyCode: "AUD" }, DateString: "2026-11-20T00:00:00" });
  expect(made.Payments[0].Invoice).toEqual({
    ...{ InvoiceID: one.InvoiceID, CurrencyCode: "AUD", HasErrors: false, IsDiscounted: false },
    ...{ Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [], LineItems: [] },
  });
  const pages = (await desk.call("GET", "/BatchPayments?page=1&pageSize=1")).body;
  expect(pages.pagination).toBeUndefined();

  const member = made.Payments[0].PaymentID;
  const [single] = (await desk.call("GET", `/Payments/${member}`)).body.Payments;
  expect(single.BatchPayment).toMatchObject({
    ...{ TotalAmount: "120.00", IsReconciled: "false", UpdatedDateUTC: made.UpdatedDateUTC },
  });
  expect(single.Invoice).toMatchObject({
    ...{ InvoiceID: one.InvoiceID, LineAmountTypes: "NoTax", SentToContact: false, LineItems: [{}] },
    ...{ DateString: "2026-11-01T00:00:00", DueDateString: "2026-11-15T00:00:00", Payments: [{}] },
  });
  const alone = await desk.call("POST", `/Payments/${member}`, { body: { Status: "DELETED" } });
  expect(messages(alone)).toEqual(["Payments within a batch cannot be deleted."]);
  const gone = await desk.call("POST", `/BatchPayments/${made.BatchPaymentID}`, {
    body: { Status: "DELETED" },
  });
  expect(gone.body.BatchPayments[0].Status).toBe("DELETED");
  expect(await invoice(one.InvoiceID)).toMatchObject({ Status: "AUTHORISED", AmountDue: 100 });
});

test("a batch is in the base currency alone, of at most fifty sales, and holds each once", async () => {
  const [one, two] = [await openInvoice(100), await openInvoice(50)];
  const euros = [
    await openInvoice(50, { CurrencyCode: "EUR" }, desk.uk),
    await openInvoice(50, { CurrencyCode: "EUR" }, desk.uk),
  ];
  const put = (paid: { InvoiceID: string }[], tenantId = desk.au) =>
    desk.call("PUT", "/BatchPayments", {
      tenantId,
      body: {
        Account: { Code: "612" },
        Date: "2026-11-20",
        Payments: paid.map(({ InvoiceID }) => ({ Invoice: { InvoiceID }, Amount: 5 })),
      },
    });
  expect(messages(await put(euros, desk.uk))).toEqual([
    "You can only make batch payments in the organisation base currency via the API",
  ]);
  expect(messages(await put([one, one]))).toEqual(["An invoice can only be paid once within a batch"]);
  expect((await put([one, two])).status).toBe(200);

  await desk.control("/xero/settings", { limits: { concurrent: 100, minute: 1000 } });
  const many = await Promise.all(Array.from({ length: 51 }, () => openInvoice(5)));
  expect(messages(await put(many))).toEqual(["A batch payment cannot contain more than 50 payments."]);
  expect((await put(many.slice(1))).status).toBe(200);
  await desk.control("/xero/settings", { limits: { concurrent: 5, minute: 60 } });
});

test("fifty payments of one invoice at once: exactly what is due is taken", async () => {
  await desk.control("/xero/settings", { limits: { concurrent: 100, minute: 1000 } });
  const { InvoiceID } = await openInvoice(100);
  const answers = await Promise.all(Array.from({ length: 50 }, () => pay(InvoiceID, { Amount: 30 })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(await invoice(InvoiceID)).toMatchObject({ AmountPaid: 90, AmountDue: 10 });
  await desk.control("/xero/settings", { limits: { concurrent: 5, minute: 60 } });
});
