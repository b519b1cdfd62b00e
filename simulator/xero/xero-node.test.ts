/** The official client, unmodified but for its base address (xero-platform.md 6.4), walks every endpoint there. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  Account,
  AccountingApi,
  AccountType,
  Action,
  Contact,
  CreditNote,
  CurrencyCode,
  Invoice,
  LineAmountTypes,
} from "xero-node";
import { faultsOfPaymentUrl } from "./payment-url.ts";
import { clientId, connectDesk, type Desk, everyScope, openDesk } from "./test-desk.ts";

let desk: Desk;
let api: AccountingApi;
let au: string;
beforeAll(async () => {
  desk = await openDesk();
  api = new AccountingApi(`${desk.url}/api.xro/2.0`);
  api.accessToken = desk.token;
  au = desk.au;
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

/** The only element of an answer's list. */
function only<T>(list: T[] | undefined): T {
  expect(list).toHaveLength(1);
  return (list as [T])[0];
}
const id = (value: string | undefined) => value ?? "";

test("Organisation", async () => {
  const { body, response } = await api.getOrganisations(au);
  expect(only(body.organisations)).toMatchObject({
    ...{ name: "Demo Accountants Pty Ltd", shortCode: "!dM0aU", baseCurrency: "AUD", organisationID: au },
    createdDateUTC: expect.any(Date),
  });
  expect(response.headers["x-minlimit-remaining"]).toBe("59");
  expect((await api.getOrganisationActions(au)).body.actions?.length).toBeGreaterThan(0);
});

test("Accounts", async () => {
  const all = (await api.getAccounts(au, undefined, 'Status=="ACTIVE" AND Type=="BANK"', "Name ASC")).body
    .accounts;
  expect(all?.map(({ name }) => name)).toContain("Card clearing");
  const named = {
    name: "SDK clearing",
    code: "614",
    type: AccountType.CURRENT,
    enablePaymentsToAccount: true,
  };
  const made = only((await api.createAccount(au, named)).body.accounts);
  const accountId = id(made.accountID);
  expect(only((await api.getAccount(au, accountId)).body.accounts)).toMatchObject(named);
  const archived = await api.updateAccount(au, accountId, {
    accounts: [{ status: Account.StatusEnum.ARCHIVED }],
  });
  expect(only(archived.body.accounts).status).toBe("ARCHIVED");
  expect(only((await api.deleteAccount(au, accountId)).body.accounts).status).toBe("DELETED");
});

test("Contacts", async () => {
  const made = only(
    (await api.createContacts(au, { contacts: [{ name: "SDK Ltd", contactNumber: "SDK-1" }] })).body.contacts,
  );
  const contactId = id(made.contactID);
  expect(only((await api.getContact(au, contactId)).body.contacts).balances).toBeDefined();
  expect(only((await api.getContactByContactNumber(au, "SDK-1")).body.contacts).contactID).toBe(contactId);
  await api.updateOrCreateContacts(au, { contacts: [{ name: "SDK Ltd", emailAddress: "sdk@example.test" }] });
  const found = await api.getContacts(
    au,
    undefined,
    'EmailAddress=="sdk@example.test"',
    undefined,
    undefined,
    1,
  );
  expect(only(found.body.contacts).contactID).toBe(contactId);
  const ARCHIVED = Contact.ContactStatusEnum.ARCHIVED;
  await api.updateContact(au, contactId, { contacts: [{ contactStatus: ARCHIVED }] });
  const listed = async (includeArchived: boolean) =>
    (await api.getContacts(au, undefined, 'Name=="SDK Ltd"', undefined, undefined, 1, includeArchived)).body
      .contacts;
  expect(await listed(false)).toEqual([]);
  expect(await listed(true)).toHaveLength(1);
});

async function sale(total: number, invoiceNumber?: string) {
  const invoice: Invoice = {
    type: Invoice.TypeEnum.ACCREC,
    contact: { name: "Bayside Club" },
    date: "2026-11-01",
    dueDate: "2026-11-15",
    status: Invoice.StatusEnum.AUTHORISED,
    lineAmountTypes: LineAmountTypes.NoTax,
    lineItems: [{ description: "x", quantity: 1, unitAmount: total, accountCode: "200" }],
    ...(invoiceNumber && { invoiceNumber }),
  };
  return only((await api.createInvoices(au, { invoices: [invoice] })).body.invoices);
}

test("Invoices and OnlineInvoice", async () => {
  const made = await sale(100, "SDK/1 #x");
  const invoiceId = id(made.invoiceID);
  expect(made).toMatchObject({ total: 100, amountDue: 100, status: "AUTHORISED" });
  expect(made.date).toEqual(new Date("2026-11-01T00:00:00Z"));
  expect(only((await api.getInvoice(au, "SDK/1 #x")).body.invoices).invoiceID).toBe(invoiceId);
  const page = (
    await api.getInvoices(
      au,
      new Date("2020-01-01"),
      undefined,
      "Date DESC",
      undefined,
      undefined,
      undefined,
      ["AUTHORISED"],
      1,
      false,
      true,
      undefined,
      false,
      10,
    )
  ).body;
  expect(page.pagination).toMatchObject({ page: 1, pageSize: 10 });
  expect(only(page.invoices).invoiceID).toBe(invoiceId);
  const byNumber = await api.getInvoices(au, undefined, undefined, undefined, undefined, [
    "INV-2009",
    "INV-2013",
  ]);
  expect(byNumber.body.invoices?.length).toBeGreaterThanOrEqual(2);
  const online = only((await api.getOnlineInvoice(au, invoiceId)).body.onlineInvoices);
  expect(online.onlineInvoiceUrl).toContain(`${desk.url}/online-invoice/`);
  expect((await api.emailInvoice(au, invoiceId, {})).response.status).toBe(204);
  await api.updateInvoice(au, invoiceId, { invoices: [{ reference: "from the SDK" }] });
  const upsert = { invoiceNumber: "SDK/1 #x", type: Invoice.TypeEnum.ACCREC, url: "https://example.test/" };
  const updated = only((await api.updateOrCreateInvoices(au, { invoices: [upsert] })).body.invoices);
  expect(updated).toMatchObject({ invoiceID: invoiceId, reference: "from the SDK", sentToContact: true });
  const VOIDED = Invoice.StatusEnum.VOIDED;
  expect(
    only((await api.updateInvoice(au, invoiceId, { invoices: [{ status: VOIDED }] })).body.invoices).status,
  ).toBe("VOIDED");
});

test("Payments", async () => {
  const { invoiceID } = await sale(100);
  const invoice = { invoiceID: id(invoiceID) };
  const payment = { invoice, account: { code: "090" }, date: "2026-11-20", amount: 40, reference: "sdk_1" };
  const made = only((await api.createPayment(au, payment, "sdk-key-1")).body.payments);
  expect(made).toMatchObject({ amount: 40, status: "AUTHORISED", invoice: { amountDue: 60 } });
  const several = await api.createPayments(au, {
    payments: [
      { ...payment, amount: 10 },
      { ...payment, amount: 50 },
    ],
  });
  expect(several.body.payments).toHaveLength(2);
  const paymentId = id(made.paymentID);
  expect(only((await api.getPayment(au, paymentId)).body.payments).date).toEqual(
    new Date("2026-11-20T00:00:00Z"),
  );
  const found = await api.getPayments(au, undefined, 'Reference=="sdk_1"', "Amount DESC", 1, 10);
  expect(found.body.payments?.map(({ amount }) => amount)).toEqual([50, 40, 10]);
  expect(only((await api.deletePayment(au, paymentId, { status: "DELETED" })).body.payments).status).toBe(
    "DELETED",
  );
});

test("BatchPayments", async () => {
  const invoices = await Promise.all([sale(20), sale(30)]);
  const batch = {
    account: { code: "612" },
    date: "2026-11-20",
    reference: "sdk_batch",
    payments: invoices.map(({ invoiceID, total }) => ({
      invoice: { invoiceID: id(invoiceID) },
      amount: total ?? 0,
    })),
  };
  const make = async () =>
    only((await api.createBatchPayment(au, { batchPayments: [batch] })).body.batchPayments);
  const made = await make();
  expect(made).toMatchObject({ totalAmount: 50, type: "RECBATCH", status: "AUTHORISED" });
  const found = await api.getBatchPayments(au, undefined, 'Reference=="sdk_batch"');
  expect(only(found.body.batchPayments).payments).toHaveLength(2);
  const batchPaymentID = id(made.batchPaymentID);
  expect(only((await api.getBatchPayment(au, batchPaymentID)).body.batchPayments).reference).toBe(
    "sdk_batch",
  );
  const status = "DELETED";
  await api.deleteBatchPaymentByUrlParam(au, batchPaymentID, { status });
  const second = await make();
  const gone = await api.deleteBatchPayment(au, { batchPaymentID: id(second.batchPaymentID), status });
  expect(only(gone.body.batchPayments).status).toBe("DELETED");
});

test("Organisation/Actions say what the connecting user may not do", async () => {
  await desk.control("/xero/actions", { tenantId: au, denied: ["UseMulticurrency"] });
  const { actions } = (await api.getOrganisationActions(au)).body;
  const denied = actions?.filter(({ status }) => status === Action.StatusEnum.NOTALLOWED);
  expect(denied?.map(({ name }) => name)).toEqual(["UseMulticurrency"]);
});

test("CreditNotes", async () => {
  const { AUTHORISED, VOIDED } = CreditNote.StatusEnum;
  const draft = {
    type: CreditNote.TypeEnum.ACCRECCREDIT,
    contact: { name: "Bayside Club" },
    date: "2026-11-02",
    lineAmountTypes: LineAmountTypes.NoTax,
    lineItems: [{ description: "Refund", quantity: 1, unitAmount: 30, accountCode: "200" }],
  };
  const made = only((await api.createCreditNotes(au, { creditNotes: [draft] })).body.creditNotes);
  expect(made).toMatchObject({ status: "DRAFT", total: 30, remainingCredit: 30, type: "ACCRECCREDIT" });
  const creditNoteId = id(made.creditNoteID);
  const approval = { creditNotes: [{ status: AUTHORISED, reference: "sdk_cn" }] };
  await api.updateCreditNote(au, creditNoteId, approval);

  const { invoiceID } = await sale(100);
  const part = { invoice: { invoiceID: id(invoiceID) }, amount: 20, date: "2026-11-20" };
  const allocated = await api.createCreditNoteAllocation(au, creditNoteId, { allocations: [part] });
  const allocationID = id(only(allocated.body.allocations).allocationID);
  const page = (
    await api.getCreditNotes(au, new Date("2020-01-01"), 'Reference=="sdk_cn"', undefined, 1, 2, 10)
  ).body;
  expect(page.pagination).toMatchObject({ page: 1, pageSize: 10, itemCount: 1 });
  expect(only(page.creditNotes)).toMatchObject({ creditNoteID: creditNoteId, remainingCredit: 10 });
  expect(only(only(page.creditNotes).allocations)).toMatchObject({ amount: 20, invoice: part.invoice });
  const paid = only((await api.getInvoice(au, id(invoiceID))).body.invoices);
  expect(paid).toMatchObject({ amountDue: 80, amountCredited: 20 });
  expect(only(paid.creditNotes)).toMatchObject({ creditNoteID: creditNoteId, appliedAmount: 20 });
  expect((await api.getCreditNotes(au, new Date(Date.now() + 60_000))).body.creditNotes).toEqual([]);

  const again = { allocations: [{ ...part, amount: 11 }] };
  const refusal = await api.createCreditNoteAllocation(au, creditNoteId, again).then(() => "", String);
  expect(refusal).toContain("Credit Note cannot be allocated as amount is greater than amount outstanding");
  await api.deleteCreditNoteAllocations(au, creditNoteId, allocationID);
  expect(only((await api.getInvoice(au, id(invoiceID))).body.invoices).amountDue).toBe(100);
  const voiding = { creditNotes: [{ creditNoteID: creditNoteId, status: VOIDED }] };
  await api.updateOrCreateCreditNotes(au, voiding);
  expect(only((await api.getCreditNote(au, creditNoteId)).body.creditNotes).status).toBe("VOIDED");
});

test("Overpayments and Prepayments", async () => {
  const { invoiceID, contact } = await sale(100);
  const make = (kind: string) =>
    desk.control("/xero/credit", { tenantId: au, kind, contactId: contact?.contactID, total: "25.00" });
  const part = { invoice: { invoiceID: id(invoiceID) }, amount: 10, date: "2026-11-20" };
  const { id: over } = await make("overpayment");
  await api.createOverpaymentAllocations(au, over, { allocations: [part] });
  const overpayment = only((await api.getOverpayment(au, over)).body.overpayments);
  expect(overpayment).toMatchObject({ type: "RECEIVE-OVERPAYMENT", total: 25, remainingCredit: 15 });
  const since = new Date("2020-01-01");
  const overpayments = await api.getOverpayments(au, since, undefined, "UpdatedDateUTC ASC", 1, 2, 100);
  expect(overpayments.body.overpayments?.map(({ overpaymentID }) => overpaymentID)).toContain(over);
  await api.deleteOverpaymentAllocations(au, over, id(only(overpayment.allocations).allocationID));

  const { id: pre } = await make("prepayment");
  await api.createPrepaymentAllocations(au, pre, { allocations: [{ ...part, amount: 25 }] });
  expect(only((await api.getPrepayment(au, pre)).body.prepayments)).toMatchObject({
    ...{ type: "RECEIVE-PREPAYMENT", status: "PAID", remainingCredit: 0 },
  });
  const prepayments = await api.getPrepayments(au, since, undefined, "UpdatedDateUTC ASC", 1, 2, 100);
  expect(prepayments.body.prepayments?.map(({ prepaymentID }) => prepaymentID)).toContain(pre);
  expect(only((await api.getInvoice(au, id(invoiceID))).body.invoices).amountDue).toBe(75);
});

test("a contact that was merged into another is archived, says into which, and has no documents left", async () => {
  const { contactID: into } = only(
    (await api.createContacts(au, { contacts: [{ name: "Merge target" }] })).body.contacts,
  );
  const from = only((await api.createContacts(au, { contacts: [{ name: "Merge source" }] })).body.contacts);
  const bill = await sale(5);
  await api.updateInvoice(au, id(bill.invoiceID), {
    invoices: [{ contact: { contactID: id(from.contactID) } }],
  });
  await desk.control("/xero/merge-contacts", { tenantId: au, from: from.contactID, into });
  expect(only((await api.getContact(au, id(from.contactID))).body.contacts)).toMatchObject({
    contactStatus: "ARCHIVED",
    mergedToContactID: into,
  });
  const moved = only((await api.getInvoice(au, id(bill.invoiceID))).body.invoices);
  expect(moved.contact?.contactID).toBe(into);
});

test("BrandingThemes, TaxRates and Currencies", async () => {
  const themes = (await api.getBrandingThemes(au)).body.brandingThemes ?? [];
  expect(themes.map(({ name, sortOrder }) => [name, sortOrder])).toEqual([
    ["Standard", 0],
    ["Special projects", 1],
  ]);
  expect(
    only((await api.getBrandingTheme(au, id(themes[0]?.brandingThemeID))).body.brandingThemes).type,
  ).toBe("INVOICE");
  const rates = (await api.getTaxRates(au, 'TaxType=="OUTPUT"')).body.taxRates;
  expect(only(rates)).toMatchObject({ effectiveRate: 10, taxType: "OUTPUT" });
  expect(only((await api.getTaxRateByTaxType(au, "INPUT")).body.taxRates).taxType).toBe("INPUT");
  await desk.control("/xero/tax-rate", { tenantId: au, taxType: "INPUT", name: "Input, renamed" });
  expect(only((await api.getTaxRates(au, 'TaxType=="INPUT"')).body.taxRates).name).toBe("Input, renamed");
  await api.createCurrency(au, { code: CurrencyCode.SGD });
  const codes = async () => (await api.getCurrencies(au)).body.currencies?.map(({ code }) => code);
  expect(await codes()).toContain("SGD");
  await desk.control("/xero/currency", { tenantId: au, code: "SGD", isSubscribed: false });
  expect(await codes()).not.toContain("SGD");
});

test("PaymentServices need a scope that only approved apps get", async () => {
  const refused = await api.getPaymentServices(au).then(
    () => null,
    (error: string) => JSON.parse(error).response,
  );
  expect(refused.statusCode).toBe(401);
  expect(faultsOfPaymentUrl("https://www.payupnow.example/pay?i=[INVOICENUMBER]")).toEqual([]);

  const approve = { flags: { paymentServices: true } };
  await fetch(`${desk.url}/control/apps/${clientId}`, { method: "PUT", body: JSON.stringify(approve) });
  const approved = await connectWith("paymentservices");
  const service = {
    paymentServiceName: "SDK",
    paymentServiceUrl: "https://pay.example/?i=[INVOICENUMBER]",
    payNowText: "Pay",
  };
  const made = only(
    (await approved.createPaymentService(au, { paymentServices: [service] })).body.paymentServices,
  );
  const themes = (await api.getBrandingThemes(au)).body.brandingThemes ?? [];
  const themeId = id(themes[0]?.brandingThemeID);
  const attach = { paymentServices: [{ paymentServiceID: id(made.paymentServiceID) }] };
  await approved.createBrandingThemePaymentServices(au, themeId, attach);
  const attached = await approved.getBrandingThemePaymentServices(au, themeId);
  expect(only(attached.body.paymentServices)).toMatchObject({ ...service, paymentServiceType: "Custom" });
  expect((await approved.getPaymentServices(au)).body.paymentServices).toHaveLength(1);
});

test("a refusal arrives as the SDK's JSON string, in Xero's words", async () => {
  const { invoiceID } = await sale(10);
  const payment = {
    invoice: { invoiceID: id(invoiceID) },
    account: { code: "090" },
    date: "2026-11-20",
    amount: 11,
  };
  const error = await api.createPayment(au, payment).then(() => "", String);
  const { response } = JSON.parse(error);
  expect(response.statusCode).toBe(400);
  expect(response.body.Elements[0].ValidationErrors).toEqual([
    { Message: "Payments can only be made against Authorised documents" },
    { Message: "Payment amount exceeds the amount outstanding on this document" },
  ]);
});

async function connectWith(scope: string): Promise<AccountingApi> {
  const other = await connectDesk(desk.simulator, `${everyScope} ${scope}`);
  const client = new AccountingApi(`${desk.url}/api.xro/2.0`);
  client.accessToken = other.token;
  return client;
}
