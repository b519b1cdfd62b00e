/** What Xero refuses of an account (DOC accounts). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const put = (body: object) => desk.call("PUT", "/Accounts", { body: { Type: "EXPENSE", ...body } });
const post = (id: string, body: object) => desk.call("POST", `/Accounts/${id}`, { body });

test("a code of eleven signs is refused, new or changed", async () => {
  const refused = ["The account code must not be more than 10 characters"];
  expect(messages(await put({ Code: "12345678901", Name: "Eleven" }))).toEqual(refused);
  const [made] = (await put({ Code: "1234567890", Name: "Ten" })).body.Accounts;
  expect(messages(await post(made.AccountID, { Code: "12345678901" }))).toEqual(refused);
});

test("an account is archived by itself, not with another change", async () => {
  const [{ AccountID, TaxType }] = (await put({ Code: "T-1", Name: "To archive" })).body.Accounts;
  const refused = ["An account cannot be archived and changed in the same request"];
  for (const change of [{ Name: "Renamed" }, { Code: "T-2" }, { EnablePaymentsToAccount: true }])
    expect(messages(await post(AccountID, { Status: "ARCHIVED", ...change }))).toEqual(refused);
  const archived = await post(AccountID, { Status: "ARCHIVED", Name: "To archive", TaxType });
  expect(archived.body.Accounts[0]).toMatchObject({ Status: "ARCHIVED", Name: "To archive" });
});
