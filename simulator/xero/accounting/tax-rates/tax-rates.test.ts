/** Tax rates that an app makes and changes (DOC taxrates; xero-documents 8). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
let us: string;
beforeAll(async () => {
  desk = await openDesk();
  const { organisations } = await desk.control("/xero/organisations");
  us = organisations.find(({ country }: { country: string }) => country === "US").tenantId;
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const call = (method: string, body: object, tenantId = desk.au) =>
  desk.call(method, "/TaxRates", { tenantId, body });
const put = (body: object, tenantId?: string) => call("PUT", body, tenantId);
const post = (body: object) => call("POST", body);
const state = { Name: "State Tax", Rate: "7.5" };
const local = { Name: "Local Tax", Rate: 0.625, IsCompound: true };
const rate = (Name: string, more: object = {}) => ({
  ...{ Name, ReportTaxType: "OUTPUT", TaxComponents: [state] },
  ...more,
});

test("a new rate gets the next code, and lines take it", async () => {
  const [made] = (await put(rate("Oakdale", { TaxComponents: [state, local] }))).body.TaxRates;
  expect(made).toMatchObject({
    ...{ TaxType: "TAX001", ReportTaxType: "OUTPUT", EffectiveRate: 8.1719, Status: "ACTIVE" },
    ...{ CanApplyToRevenue: true, CanApplyToExpenses: false },
    TaxComponents: [
      { Name: "State Tax", Rate: 7.5, IsCompound: false },
      { Rate: 0.625, IsCompound: true },
    ],
  });
  const { entries } = await desk.control("/journal?kind=xero.tax-rate");
  expect(entries).toMatchObject([
    { data: { taxType: "TAX001", name: "Oakdale", percent: 8.1719, status: "ACTIVE" } },
  ]);
  const line = { Description: "Work", UnitAmount: 1000, AccountCode: "200", TaxType: "TAX001" };
  const sale = { Type: "ACCREC", Contact: { Name: "Bayside Club" }, LineItems: [line] };
  expect((await desk.call("PUT", "/Invoices", { body: sale })).body.Invoices[0].TotalTax).toBe(81.72);
});

test("of several in one request the first is made, and nothing is said of the rest", async () => {
  const answer = await put({ TaxRates: [rate("One"), rate("Two")] });
  expect(answer.body.TaxRates.map(({ Name }: { Name: string }) => Name)).toEqual(["One"]);
  expect((await desk.call("GET", '/TaxRates?where=Name=="Two"')).body.TaxRates).toEqual([]);
});

test("where returns are filed, a rate says what it reports as", async () => {
  const silent = { Name: "Silent", TaxComponents: [state] };
  expect(messages(await put(silent))).toEqual(["ReportTaxType must be specified"]);
  expect(messages(await put(rate("EC", { ReportTaxType: "ECOUTPUT" })))).toEqual([
    "The ReportTaxType 'ECOUTPUT' cannot be used for a tax rate of an app",
  ]);
  expect((await put(rate("EC", { ReportTaxType: "ECOUTPUT" }), desk.uk)).status).toBe(200);
  const [free] = (await put(silent, us)).body.TaxRates;
  expect(free).toMatchObject({ CanApplyToRevenue: true, CanApplyToExpenses: true });
});

test.each([
  [{ Name: "" }, "Name must be specified"],
  [{ Name: "gst on income" }, "A tax rate with the name gst on income already exists"],
  [{ TaxComponents: [] }, "A tax rate must have at least one tax component"],
  [{ Status: "ARCHIVED" }, "The Status of a new tax rate can only be ACTIVE"],
  [{ TaxType: "MINE" }, "TaxType can only be used on update calls"],
  [
    { TaxComponents: [{ ...state, IsNonRecoverable: true }] },
    "Non-recoverable tax components are only applicable to Canadian organisations",
  ],
])("a rate with %o is refused", async (change, message) => {
  expect(messages(await put(rate("Refused", change)))).toEqual([message]);
});

test("Xero's own rates stay; a made one keeps its parts and gets more, until it is over", async () => {
  const system = ["System defined tax rates cannot be updated"];
  expect(messages(await post({ TaxType: "OUTPUT", Name: "Mine" }))).toEqual(system);
  expect(messages(await post(rate("GST on Income")))).toEqual(system);
  const [{ TaxType }] = (await post(rate("By post"))).body.TaxRates;
  expect(messages(await post({ TaxType, TaxComponents: [local] }))).toEqual([
    "Tax components cannot be removed or renamed",
  ]);
  const [more] = (await post({ TaxType, Name: "Renamed", TaxComponents: [state, local] })).body.TaxRates;
  expect(more).toMatchObject({ TaxType, Name: "Renamed", EffectiveRate: 8.1719 });
  const [gone] = (await post({ Name: "Renamed", Status: "ARCHIVED" })).body.TaxRates;
  expect(gone).toMatchObject({
    Status: "ARCHIVED",
    TaxComponents: [state, local].map(({ Name }) => ({ Name })),
  });
  expect(messages(await post({ TaxType, Status: "ACTIVE" }))).toEqual([
    "A tax rate that is ARCHIVED cannot be updated",
  ]);
  expect(messages(await post({ TaxType: "TAX999", Name: "x" }))).toEqual([
    "The TaxType code 'TAX999' does not exist",
  ]);
});

test("an update sends all components again, and what it reports as is kept and held to the same rules", async () => {
  const [{ TaxType }] = (await put(rate("Reported", { Status: "ACTIVE" }))).body.TaxRates;
  expect(messages(await post({ TaxType, Name: "Bare" }))).toEqual(["TaxComponents must be specified"]);
  const components = { TaxType, TaxComponents: [state] };
  expect(messages(await post({ ...components, ReportTaxType: "ECOUTPUT" }))).toEqual([
    "The ReportTaxType 'ECOUTPUT' cannot be used for a tax rate of an app",
  ]);
  const [bought] = (await post({ ...components, ReportTaxType: "input" })).body.TaxRates;
  expect(bought).toMatchObject({
    ...{ ReportTaxType: "INPUT", CanApplyToRevenue: false, CanApplyToExpenses: true },
  });
  expect((await post(components)).body.TaxRates[0].ReportTaxType).toBe("INPUT");
});
