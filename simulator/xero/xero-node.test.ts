/** The official client, unmodified but for its base address (xero-platform.md 6.4), walks every endpoint there. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  Account,
  AccountingApi,
  AccountType,
  Contact,
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
  await api.createCurrency(au, { code: CurrencyCode.SGD });
  expect((await api.getCurrencies(au)).body.currencies?.map(({ code }) => code)).toContain("SGD");
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
