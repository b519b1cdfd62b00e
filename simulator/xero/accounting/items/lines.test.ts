/** Lines know their item and their account by id (Xero Central, "Update or delete an inventory item"; xero-documents 15). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
let codes = 0;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const post = (path: string, body: object) => desk.call("POST", path, { body });

async function newItem() {
  const body = { Code: `BOX-${++codes}`, Name: "Box" };
  return (await desk.call("PUT", "/Items", { body })).body.Items[0];
}

/** Every kind of document that has lines. */
const kinds: [path: string, id: string, body: object, account: string][] = [
  ["Invoices", "InvoiceID", { Type: "ACCREC", DueDate: "2030-01-01" }, "200"],
  ["CreditNotes", "CreditNoteID", { Type: "ACCRECCREDIT" }, "200"],
  ["PurchaseOrders", "PurchaseOrderID", {}, "453"],
  ["BankTransactions", "BankTransactionID", { Type: "SPEND", BankAccount: { Code: "090" } }, "453"],
];

describe.each(kinds)("%s", (path, idName, about, AccountCode) => {
  async function write(ItemCode: string, Status: string, account = AccountCode) {
    const { Contacts } = (await desk.call("GET", '/Contacts?where=Name=="Bayside Club"')).body;
    const Contact = { ContactID: Contacts[0].ContactID };
    const LineItems = [{ ItemCode, Description: "x", UnitAmount: 5, AccountCode: account }];
    const answer = await desk.call("PUT", `/${path}`, { body: { ...about, Contact, Status, LineItems } });
    expect(answer.status).toBe(200);
    return answer.body[path][0][idName];
  }
  const lineOf = async (id: string) => (await desk.call("GET", `/${path}/${id}`)).body[path][0].LineItems[0];

  test("an item's new code is on the lines that have it", async () => {
    const { ItemID, Code } = await newItem();
    const id = await write(Code, "AUTHORISED");
    expect(await lineOf(id)).toMatchObject({ ItemCode: Code, Item: { ItemID, Name: "Box", Code } });
    const renamed = { Code: `${Code}-X`, Name: "Carton" };
    await post(`/Items/${ItemID}`, renamed);
    expect(await lineOf(id)).toMatchObject({
      ...{ ItemCode: renamed.Code, Item: { ItemID, ...renamed } },
      ...{ Description: "x", UnitAmount: 5 },
    });
  });

  test("so is an account's", async () => {
    const Code = `A-${++codes}`;
    const { Accounts } = (await desk.call("GET", "/Accounts")).body;
    const Type = Accounts.find((one: { Code: string }) => one.Code === AccountCode).Type;
    const account = { Code, Name: `Account ${Code}`, Type, TaxType: "BASEXCLUDED" };
    const { AccountID } = (await desk.call("PUT", "/Accounts", { body: account })).body.Accounts[0];
    const id = await write((await newItem()).Code, "AUTHORISED", Code);
    expect(await lineOf(id)).toMatchObject({ AccountCode: Code, AccountID });
    await post(`/Accounts/${AccountID}`, { Code: `${Code}-X` });
    expect(await lineOf(id)).toMatchObject({ AccountCode: `${Code}-X`, AccountID });
  });

  test("a deleted item stays on an approved document until that is edited", async () => {
    const { ItemID, Code } = await newItem();
    const id = await write(Code, "AUTHORISED");
    await desk.call("DELETE", `/Items/${ItemID}`);
    expect(await lineOf(id)).toMatchObject({ ItemCode: Code, Item: { ItemID } });
    expect((await post(`/${path}/${id}`, { Reference: "edited" })).status).toBe(200);
    const after = await lineOf(id);
    expect(after).toMatchObject({ Description: "x", UnitAmount: 5 });
    expect(after).not.toHaveProperty("ItemCode");
    expect(after).not.toHaveProperty("Item");
  });

  // What is spent is never a draft.
  if (path === "BankTransactions") return;
  test("a draft loses a deleted item at once", async () => {
    const { ItemID, Code } = await newItem();
    const ids = [await write(Code, "DRAFT"), await write(Code, "SUBMITTED")];
    await desk.call("DELETE", `/Items/${ItemID}`);
    for (const id of ids) {
      expect(await lineOf(id)).not.toHaveProperty("ItemCode");
      expect((await post(`/${path}/${id}`, { Status: "AUTHORISED", DueDate: "2030-01-01" })).status).toBe(
        200,
      );
      expect(await lineOf(id)).not.toHaveProperty("ItemCode");
    }
  });
});

test("a part-paid invoice whose item is gone still takes what it takes", async () => {
  const { ItemID, Code } = await newItem();
  const body = {
    ...{ Type: "ACCREC", Contact: { Name: "Bayside Club" }, Status: "AUTHORISED", DueDate: "2030-01-01" },
    LineItems: [{ ItemCode: Code, Description: "x", UnitAmount: 50, AccountCode: "200" }],
  };
  const { InvoiceID, DateString } = (await desk.call("PUT", "/Invoices", { body })).body.Invoices[0];
  const payment = {
    Invoice: { InvoiceID },
    Account: { Code: "090" },
    Amount: 5,
    Date: DateString.slice(0, 10),
  };
  expect((await desk.call("PUT", "/Payments", { body: payment })).status).toBe(200);
  await desk.call("DELETE", `/Items/${ItemID}`);
  const { Invoices } = (await post(`/Invoices/${InvoiceID}`, { Reference: "edited" })).body;
  expect(Invoices).toMatchObject([{ Reference: "edited", LineItems: [{ UnitAmount: 50 }] }]);
});
