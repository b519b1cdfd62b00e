/** Each tax goes with some classes of accounts alone (DOC taxrates, "Tax Rate Constraints"). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const kinds: [path: string, about: object][] = [
  ["Invoices", { Type: "ACCREC", DueDate: "2030-01-01", Status: "DRAFT" }],
  ["Invoices", { Type: "ACCREC", DueDate: "2030-01-01", Status: "AUTHORISED" }],
  ["Invoices", { Type: "ACCPAY", DueDate: "2030-01-01", Status: "AUTHORISED" }],
  ["CreditNotes", { Type: "ACCRECCREDIT", Status: "AUTHORISED" }],
  ["CreditNotes", { Type: "ACCPAYCREDIT", Status: "AUTHORISED" }],
  ["PurchaseOrders", {}],
  ["BankTransactions", { Type: "SPEND", BankAccount: { Code: "090" } }],
  ["BankTransactions", { Type: "RECEIVE", BankAccount: { Code: "090" } }],
  ["BankTransactions", { Type: "RECEIVE-PREPAYMENT", BankAccount: { Code: "090" } }],
];

async function put(path: string, about: object, line: object, tenantId = desk.au) {
  const name = tenantId === desk.au ? "Bayside Club" : "Cedar Street Dental";
  const { Contacts } = (await desk.call("GET", `/Contacts?where=Name=="${name}"`, { tenantId })).body;
  const Contact = { ContactID: Contacts[0].ContactID };
  const LineItems = [{ Description: "x", UnitAmount: 10, ...line }];
  return desk.call("PUT", `/${path}`, { body: { ...about, Contact, LineItems }, tenantId });
}

test.each(kinds)(
  "%s %o: tax on sales is none on costs, and tax on costs is none on sales",
  async (path, about) => {
    const refused = [
      { TaxType: "OUTPUT", AccountCode: "453" },
      { TaxType: "INPUT", AccountCode: "200" },
      { TaxType: "EXEMPTEXPENSES", AccountCode: "200" },
    ];
    for (const line of refused)
      expect(messages(await put(path, about, line))).toEqual([
        `The TaxType code '${line.TaxType}' cannot be used with account code '${line.AccountCode}'.`,
      ]);
    const taken = [
      { TaxType: "INPUT", AccountCode: "453" },
      { TaxType: "OUTPUT", AccountCode: "200" },
      ...["OUTPUT", "INPUT"].flatMap((TaxType) =>
        ["710", "850", "880"].map((AccountCode) => ({ TaxType, AccountCode })),
      ),
      { TaxType: "BASEXCLUDED", AccountCode: "453" },
    ];
    for (const line of taken) expect((await put(path, about, line)).status).toBe(200);
  },
);

test("an account that a line changes to has to go with the tax it says; without one it has that account's", async () => {
  const [path, about] = ["Invoices", { Type: "ACCREC", DueDate: "2030-01-01", Status: "AUTHORISED" }];
  const made = (await put(path, about, { TaxType: "OUTPUT", AccountCode: "200" })).body.Invoices[0];
  const { LineItemID } = made.LineItems[0];
  const move = (line: object) =>
    desk.call("POST", `/Invoices/${made.InvoiceID}`, { body: { LineItems: [{ LineItemID, ...line }] } });
  expect(messages(await move({ AccountCode: "453", TaxType: "OUTPUT" }))).toEqual([
    "The TaxType code 'OUTPUT' cannot be used with account code '453'.",
  ]);
  expect((await move({ AccountCode: "453" })).body.Invoices[0].LineItems[0]).toMatchObject({
    TaxType: "INPUT",
  });
});

test("a document without tax asks for none", async () => {
  const about = { Type: "ACCREC", LineAmountTypes: "NoTax" };
  expect((await put("Invoices", about, { TaxType: "INPUT", AccountCode: "200" })).status).toBe(200);
});

test("a rate that an app makes goes where those of its kind go", async () => {
  const make = async (ReportTaxType: string, tenantId = desk.au) => {
    const body = { Name: `Of ${ReportTaxType}`, ReportTaxType, TaxComponents: [{ Name: "Tax", Rate: 3 }] };
    return (await desk.call("PUT", "/TaxRates", { body, tenantId })).body.TaxRates[0];
  };
  const { TaxType } = await make("INPUT");
  expect(messages(await put("Invoices", { Type: "ACCREC" }, { TaxType, AccountCode: "200" }))).toHaveLength(
    1,
  );
  expect((await put("Invoices", { Type: "ACCPAY" }, { TaxType, AccountCode: "453" })).status).toBe(200);
  const no = {
    CanApplyToEquity: false,
    CanApplyToExpenses: false,
    CanApplyToLiabilities: false,
    CanApplyToRevenue: false,
  };
  expect(await make("CAPITALEXPENSESINPUT", desk.uk)).toMatchObject({ CanApplyToAssets: true, ...no });
});

test("in the US each of Xero's rates goes anywhere", async () => {
  const { organisations } = await desk.control("/xero/organisations");
  const us = organisations.find(({ country }: { country: string }) => country === "US").tenantId;
  for (const TaxType of ["OUTPUT", "INPUT", "NONE"])
    for (const AccountCode of ["200", "453"])
      expect((await put("Invoices", { Type: "ACCREC" }, { TaxType, AccountCode }, us)).status).toBe(200);
});
