/** What a contact holds: nothing that is sent is lost without a word. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

let numbers = 0;
const named = () => `Contact ${++numbers}`;
const put = (body: object) => desk.call("PUT", "/Contacts", { body });
const post = (id: string, body: object) => desk.call("POST", `/Contacts/${id}`, { body });
const made = async (body: object = {}) => (await put({ Name: named(), ...body })).body.Contacts[0];
const read = async (id: string) => (await desk.call("GET", `/Contacts/${id}`)).body.Contacts[0];

const whole = {
  ...{ FirstName: "Ann", LastName: "Bay", EmailAddress: "ann@bay.example", CompanyNumber: "C-1" },
  ...{ Website: "https://bay.example", BankAccountDetails: "01-0123-0123456-00", TaxNumber: "12-345" },
  ...{ AccountsReceivableTaxType: "OUTPUT", AccountsPayableTaxType: "INPUT", DefaultCurrency: "AUD" },
  ...{ SalesDefaultAccountCode: "200", PurchasesDefaultAccountCode: "404" },
  PaymentTerms: { Sales: { Day: 20, Type: "OFFOLLOWINGMONTH" }, Bills: { Day: 5, Type: "OFCURRENTMONTH" } },
  BatchPayments: { BankAccountNumber: "123", BankAccountName: "Bay", Details: "Rent" },
  ContactPersons: [
    { FirstName: "Joe", LastName: "Bay", EmailAddress: "joe@bay.example", IncludeInEmails: true },
  ],
};

test("all that is sent of a contact is kept", async () => {
  const { ContactID } = await made(whole);
  expect(await read(ContactID)).toMatchObject(whole);
});

test("two addresses and four phones are always there, each its own slot", async () => {
  const { ContactID, Addresses, Phones } = await made({
    Addresses: [{ AddressType: "POBOX", AddressLine1: "PO Box 1", City: "Perth" }],
    Phones: [{ PhoneType: "MOBILE", PhoneNumber: "0400" }],
  });
  expect([Addresses.length, Phones.length]).toEqual([2, 4]);
  await post(ContactID, { Addresses: [{ AddressType: "STREET", City: "Broome" }] });
  const after = await read(ContactID);
  expect(after.Addresses).toMatchObject([
    { AddressType: "STREET", City: "Broome" },
    { AddressType: "POBOX", AddressLine1: "PO Box 1", City: "Perth" },
  ]);
  expect(after.Phones).toContainEqual({
    ...{ PhoneType: "MOBILE", PhoneNumber: "0400", PhoneAreaCode: "", PhoneCountryCode: "" },
  });
  expect((await post(ContactID, { Phones: [{ PhoneType: "PAGER" }] })).body.Type).toBe(
    "PostDataInvalidException",
  );
});

test("what is not sent stays; the list of persons is the whole list, and an empty one empties nothing", async () => {
  const { ContactID } = await made(whole);
  await post(ContactID, { LastName: "Bight", ContactPersons: [] });
  expect(await read(ContactID)).toMatchObject({ ...whole, LastName: "Bight" });
  const ContactPersons = [{ FirstName: "Eve", LastName: "", EmailAddress: "", IncludeInEmails: false }];
  await post(ContactID, { ContactPersons });
  expect((await read(ContactID)).ContactPersons).toEqual(ContactPersons);
  expect(messages(await post(ContactID, { ContactPersons: Array(6).fill({ FirstName: "A" }) }))).toEqual([
    "A contact can have a maximum of 5 ContactPersons",
  ]);
});

test("an archived contact takes no edit, not even to be un-archived", async () => {
  const { ContactID } = await made();
  expect((await post(ContactID, { ContactStatus: "ARCHIVED" })).status).toBe(200);
  const refused = [
    "The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.",
  ];
  for (const body of [{ ContactStatus: "ACTIVE" }, { LastName: "B" }, { ContactStatus: "ARCHIVED" }])
    expect(messages(await post(ContactID, body))).toEqual(refused);
  const each = await desk.call("POST", "/Contacts?summarizeErrors=false", {
    body: { ContactID, ContactStatus: "ARCHIVED" },
  });
  expect(each.body.Contacts[0]).toMatchObject({
    ...{ ContactID, Addresses: [], HasValidationErrors: true, StatusAttributeString: "ERROR" },
  });
  expect(each.body.Contacts[0]).not.toHaveProperty("HasErrors");
  await desk.control("/xero/contact", { tenantId: desk.au, contactId: ContactID, status: "ACTIVE" });
  expect((await post(ContactID, { LastName: "B" })).status).toBe(200);
});

test("account and contact numbers are one contact's alone", async () => {
  await made({ AccountNumber: "A-1", ContactNumber: "N-1" });
  expect(messages(await put({ Name: named(), AccountNumber: "A-1" }))).toEqual([
    "The Account Number already exists. Please enter a different Account Number.",
  ]);
  expect(messages(await put({ Name: named(), ContactNumber: "N-1" }))).toEqual([
    "The contact number N-1 must be unique across all contacts.",
  ]);
});

test("a list says less than a page, a summary least; pages and single ones say what is owed", async () => {
  const { ContactID } = await made(whole);
  await openSale(desk, 70, { Contact: { ContactID } });
  const where = encodeURIComponent(`ContactID==guid("${ContactID}") AND IsCustomer==true`);
  const list = async (more: string) => (await desk.call("GET", `/Contacts?where=${where}${more}`)).body;
  const [listed] = (await list("")).Contacts;
  expect(listed).toMatchObject({ CompanyNumber: "C-1", ContactPersons: [] });
  expect(listed).not.toHaveProperty("PaymentTerms");
  const owed = { AccountsReceivable: { Outstanding: 70 } };
  const [paged] = (await list("&page=1")).Contacts;
  expect(paged).toMatchObject({ PaymentTerms: whole.PaymentTerms, Balances: owed });
  expect(await read(ContactID)).toMatchObject({ Balances: owed });
  const summary = await list("&summaryOnly=true");
  expect(summary.pagination).toMatchObject({ itemCount: 1 });
  for (const left of ["Addresses", "Balances", "ContactPersons", "IsCustomer", "SalesDefaultAccountCode"])
    expect(summary.Contacts[0]).not.toHaveProperty(left);
});
