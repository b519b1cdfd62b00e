/** Tracking categories and their options, and what lines make of them (DOC trackingcategories; xero-documents 9). */
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

const path = "/TrackingCategories";
const call = (method: string, below: string, body?: object) =>
  desk.call(method, `${path}${below}`, { tenantId: us, ...(body && { body }) });
const made = async (Name: string, options: string[] = []) => {
  const [category] = (await call("PUT", "", { Name })).body.TrackingCategories;
  const Options = [];
  for (const option of options)
    Options.push(
      (await call("PUT", `/${category.TrackingCategoryID}/Options`, { Name: option })).body.Options[0],
    );
  return { ...category, Options };
};
const listed = async (query = "") =>
  (await call("GET", query)).body.TrackingCategories.map(({ Name }: { Name: string }) => Name);
const sale = (Tracking: unknown, change: object = {}) =>
  desk.call("PUT", "/Invoices", {
    tenantId: us,
    body: {
      ...{ Type: "ACCREC", Contact: { Name: "Cedar Street Dental" }, LineAmountTypes: "NoTax" },
      LineItems: [{ Description: "Work", UnitAmount: 10, AccountCode: "200", Tracking }],
      ...change,
    },
  });
const trackingOf = (answer: { body: { Invoices: { LineItems: { Tracking: object[] }[] }[] } }) =>
  answer.body.Invoices[0]?.LineItems[0]?.Tracking;

test("two are active at most and four there are in all; who is archived is listed on request", async () => {
  const region = await made("Region");
  await made("Team");
  const tooMany = ["An organisation can have a maximum of 2 active tracking categories"];
  expect(messages(await call("PUT", "", { Name: "Third" }))).toEqual(tooMany);
  const archive = (id: string, Status = "ARCHIVED") => call("POST", `/${id}`, { Status });
  await archive(region.TrackingCategoryID);
  expect([await listed(), await listed("?includeArchived=true&order=Name")]).toEqual([
    ["Team"],
    ["Region", "Team"],
  ]);
  const third = await made("Third");
  expect(messages(await archive(region.TrackingCategoryID, "ACTIVE"))).toEqual(tooMany);
  await archive(third.TrackingCategoryID);
  const fourth = await made("Fourth");
  expect(messages(await call("PUT", "", { Name: "Fifth", Status: "ARCHIVED" }))).toEqual([
    "An organisation can have a maximum of 4 tracking categories",
  ]);
  for (const { TrackingCategoryID } of [third, fourth]) {
    const [gone] = (await call("DELETE", `/${TrackingCategoryID}`)).body.TrackingCategories;
    expect(gone.Status).toBe("DELETED");
    expect((await call("GET", `/${TrackingCategoryID}`)).status).toBe(404);
  }
  await archive(region.TrackingCategoryID, "ACTIVE");
  expect(await listed('?where=Name=="Region"&order=Name')).toEqual(["Region"]);
});

test("names have a limit, and options of one category no twins", async () => {
  const [{ TrackingCategoryID: id }] = (await call("GET", '?where=Name=="Team"')).body.TrackingCategories;
  const put = (Name: string) => call("PUT", `/${id}/Options`, { Name });
  expect((await put("x".repeat(100))).body.Options[0]).toMatchObject({ IsActive: true, IsArchived: false });
  expect(messages(await put("x".repeat(101)))).toEqual(["Name must not be more than 100 characters"]);
  await put("Tax");
  expect(messages(await put("tax"))).toEqual(["For each specified tracking option the name must be unique"]);
  expect(messages(await call("POST", `/${id}`, { Name: "REGION" }))).toEqual([
    "The name of a tracking category must be unique",
  ]);
  const nowhere = await call("PUT", "/7b0a7b5e-0000-4000-8000-000000000000/Options", { Name: "North" });
  expect([nowhere.status, nowhere.body.Title]).toEqual([500, "An error occurred"]);
});

test("a line keeps what is known, by name or id, and loses the rest without a word", async () => {
  const [region] = (await call("GET", '?where=Name=="Region"')).body.TrackingCategories;
  const [north] = (await call("PUT", `/${region.TrackingCategoryID}/Options`, { Name: "North" })).body
    .Options;
  const ids = { TrackingCategoryID: region.TrackingCategoryID, TrackingOptionID: north.TrackingOptionID };
  const whole = [{ Name: "Region", Option: "North", ...ids, Options: [] }];
  const byName = await sale([{ Name: "Region", Option: "North" }]);
  expect(trackingOf(byName)).toEqual(whole);
  expect(trackingOf(await sale([ids]))).toEqual(whole);
  for (const unknown of [
    { Name: "Region", Option: "Nowhere" },
    { Name: "region", Option: "North" },
    { TrackingCategoryID: region.TrackingCategoryID, TrackingOptionID: region.TrackingCategoryID },
  ])
    expect(trackingOf(await sale([unknown]))).toEqual([]);
  expect((await sale({ Name: "Region", Option: "North" })).status).toBe(500);

  await call("POST", `/${region.TrackingCategoryID}/Options/${north.TrackingOptionID}`, { Name: "Northern" });
  const { InvoiceID, LineItems } = byName.body.Invoices[0];
  const read = async () => trackingOf(await desk.call("GET", `/Invoices/${InvoiceID}`, { tenantId: us }));
  expect(await read()).toMatchObject([{ Option: "Northern" }]);
  const remove = () => call("DELETE", `/${region.TrackingCategoryID}/Options/${north.TrackingOptionID}`);
  expect(messages(await remove())).toEqual([
    "A tracking category or option that has been used cannot be deleted",
  ]);
  expect(messages(await call("DELETE", `/${region.TrackingCategoryID}`))).toHaveLength(1);

  await call("POST", `/${region.TrackingCategoryID}/Options/${north.TrackingOptionID}`, {
    Status: "ARCHIVED",
  });
  expect(trackingOf(await sale([ids]))).toEqual([]);
  const again = { LineItems: [{ LineItemID: LineItems[0].LineItemID, Tracking: [ids] }] };
  expect(
    trackingOf(await desk.call("POST", `/Invoices/${InvoiceID}`, { tenantId: us, body: again })),
  ).toHaveLength(1);
  const none = { LineItems: [{ LineItemID: LineItems[0].LineItemID, Tracking: [] }] };
  await desk.call("POST", `/Invoices/${InvoiceID}`, { tenantId: us, body: none });
  expect(await read()).toEqual([]);

  const options = `/${region.TrackingCategoryID}/Options`;
  const [unused] = (await call("PUT", options, { Name: "South" })).body.Options;
  const [gone] = (await call("DELETE", `${options}/${unused.TrackingOptionID}`)).body.Options;
  expect(gone).toMatchObject({ Status: "DELETED", IsDeleted: true });
  expect(trackingOf(await sale([{ Name: "Region", Option: "South" }]))).toEqual([]);
});

test("credit notes and bank transactions keep tracking too", async () => {
  const [team] = (await call("GET", '?where=Name=="Team"')).body.TrackingCategories;
  const Tracking = [{ Name: "Team", Option: "Tax" }];
  const LineItems = [{ Description: "Back", UnitAmount: 5, AccountCode: "200", Tracking }];
  const note = { Type: "ACCRECCREDIT", Contact: { Name: "Cedar Street Dental" }, LineItems };
  const credit = (await desk.call("PUT", "/CreditNotes", { tenantId: us, body: note })).body.CreditNotes[0];
  expect(credit.LineItems[0].Tracking).toMatchObject([{ TrackingCategoryID: team.TrackingCategoryID }]);
  const spend = { ...note, Type: "SPEND", BankAccount: { Code: "090" } };
  const paid = await desk.call("PUT", "/BankTransactions", { tenantId: us, body: spend });
  expect(paid.body.BankTransactions[0].LineItems[0].Tracking).toMatchObject(Tracking);
});
