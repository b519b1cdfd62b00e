/** What lines hold: nothing that is sent is lost without a word. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const work = { Description: "Work", Quantity: 2, UnitAmount: 50, AccountCode: "200" };
const put = (LineItems: object[], change: object = {}) =>
  desk.call("PUT", "/Invoices", {
    body: {
      ...{ Type: "ACCREC", Contact: { Name: "Bayside Club" }, Status: "AUTHORISED" },
      ...{ Date: "2026-11-01", DueDate: "2026-11-15", LineAmountTypes: "NoTax", LineItems, ...change },
    },
  });
const made = async (lines: object[]) => (await put(lines)).body.Invoices[0];

test.each([
  [{ DiscountRate: 20 }, { LineAmount: 80, DiscountRate: 20 }, 20],
  [{ DiscountAmount: 15.5 }, { LineAmount: 84.5, DiscountAmount: 15.5 }, 15.5],
])("a discount of a sale is kept and applied: %o", async (discount, line, TotalDiscount) => {
  expect(await made([{ ...work, ...discount }])).toMatchObject({
    ...{ LineItems: [line], Total: line.LineAmount, IsDiscounted: true, TotalDiscount },
  });
});

test.each([
  ["a bill", "Invoices", { Type: "ACCPAY" }],
  ["a credit note", "CreditNotes", { Type: "ACCRECCREDIT" }],
])("%s takes no discount", async (_, name, type) => {
  const body = { ...type, Contact: { Name: "Bayside Club" }, LineItems: [{ ...work, DiscountRate: 5 }] };
  expect(messages(await desk.call("PUT", `/${name}`, { body }))).toEqual([
    "Discounts are only supported on ACCREC invoices and quotes",
  ]);
});

test("more than two tracking categories are refused, and half a one", async () => {
  const Tracking = { Name: "Region", Option: "North" };
  expect(messages(await put([{ ...work, Tracking: [Tracking, Tracking, Tracking] }]))).toEqual([
    "A line item can have a maximum of 2 tracking categories",
  ]);
  expect(messages(await put([{ ...work, Tracking: [{ Name: "Region" }] }]))).toEqual([
    "Name and Option of a tracking category must be specified",
  ]);
});

test("a line may be a description and no more", async () => {
  const { Total, LineItems } = await made([work, { Description: "As agreed by phone" }]);
  expect(Total).toBe(100);
  expect(LineItems[1]).toEqual({
    ...{ Description: "As agreed by phone", Tracking: [], LineItemID: expect.any(String) },
  });
});

test("of a line that is named by its id, what is not sent stays; one that is not named goes", async () => {
  const { InvoiceID, LineItems } = await made([work, { ...work, Description: "More" }]);
  const change = { LineItems: [{ LineItemID: LineItems[0].LineItemID, UnitAmount: 60 }] };
  const after = (await desk.call("POST", `/Invoices/${InvoiceID}`, { body: change })).body.Invoices[0];
  expect(after).toMatchObject({
    Total: 120,
    LineItems: [{ ...LineItems[0], UnitAmount: 60, LineAmount: 120 }],
  });
  expect(after.LineItems).toHaveLength(1);
});

test("a new line among those that stay comes first; sent all anew, they keep their order", async () => {
  const { InvoiceID, LineItems } = await made([work]);
  const descriptions = async (lines: object[]) => {
    const answer = await desk.call("POST", `/Invoices/${InvoiceID}`, { body: { LineItems: lines } });
    return answer.body.Invoices[0].LineItems.map(({ Description }: { Description: string }) => Description);
  };
  const more = { ...work, Description: "More" };
  const kept = { LineItemID: LineItems[0].LineItemID };
  expect(await descriptions([kept, more])).toEqual(["More", "Work"]);
  expect(await descriptions([work, more])).toEqual(["Work", "More"]);
});
