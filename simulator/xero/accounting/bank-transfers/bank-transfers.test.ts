import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accountNamed, messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
let clearing: string;
beforeAll(async () => {
  desk = await openDesk();
  clearing = (await accountNamed(desk, "Card clearing")).id;
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const put = (change: object = {}, tenantId = desk.au) =>
  desk.call("PUT", "/BankTransfers", {
    tenantId,
    body: {
      BankTransfers: [
        {
          FromBankAccount: { AccountID: clearing },
          ToBankAccount: { Code: "090" },
          ...{ Amount: 97.9, Date: "2026-11-21", Reference: "po_1", ...change },
        },
      ],
    },
  });
const made = async (change: object = {}) => (await put(change)).body.BankTransfers[0];
const remove = (id: string, Status = "DELETED") =>
  desk.call("POST", `/BankTransfers/${id}`, { body: { Status } });
const transaction = async (id: string) =>
  (await desk.call("GET", `/BankTransactions/${id}`)).body.BankTransactions[0];
const find = async (query: string) => (await desk.call("GET", `/BankTransfers?${query}`)).body.BankTransfers;

test("a transfer leaves a bank transaction at each of its accounts", async () => {
  const transfer = await made();
  expect(transfer).toMatchObject({
    ...{ Status: "AUTHORISED", Amount: 97.9, Reference: "po_1", DateString: "2026-11-21T00:00:00" },
    FromBankAccount: { AccountID: clearing, Name: "Card clearing" },
    ToBankAccount: { Code: "090", Name: "Business Bank Account" },
    ...{ FromIsReconciled: false, ToIsReconciled: false },
  });
  expect(await transaction(transfer.FromBankTransactionID)).toMatchObject({
    ...{ Type: "SPEND-TRANSFER", Total: 97.9, BankAccount: { AccountID: clearing } },
  });
  const received = await transaction(transfer.ToBankTransactionID);
  expect(received).toMatchObject({ Type: "RECEIVE-TRANSFER", BankAccount: { Code: "090" } });
  const { BankTransactionID } = received;
  const alone = await desk.call("POST", `/BankTransactions/${BankTransactionID}`, {
    body: { Status: "DELETED" },
  });
  expect(messages(alone)).toEqual(["Transfers can only be deleted by the BankTransfers endpoint"]);
});

test("a transfer needs two bank accounts in use, of one currency, an amount and open books", async () => {
  expect(messages(await put({ FromBankAccount: { Code: "612" } }))).toEqual([
    "Account code '612' is not a valid code for this document.",
  ]);
  expect(messages(await put({ ToBankAccount: undefined, Amount: 0 }))).toEqual([
    "ToBankAccount must be specified",
    "The amount of a bank transfer must be greater than zero",
  ]);
  expect(messages(await put({ ToBankAccount: { AccountID: clearing } }))).toEqual([
    "A bank transfer needs two different bank accounts",
  ]);
  const pounds = (await accountNamed(desk, "Card clearing", desk.uk)).id;
  const euros = (await accountNamed(desk, "EUR Account", desk.uk)).id;
  const abroad = { FromBankAccount: { AccountID: pounds }, ToBankAccount: { AccountID: euros } };
  expect(messages(await put(abroad, desk.uk))).toEqual([
    "A bank transfer between accounts of different currencies is not supported by the API",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au, endOfYearLockDate: "2026-11-21" });
  expect(messages(await put())).toEqual([
    "The document date cannot be before the end of year lock date, currently set at 21 Nov 2026",
  ]);
  await desk.control("/xero/lock-dates", { tenantId: desk.au });
});

test("a transfer can be deleted and nothing else; lists leave deleted ones out unless asked", async () => {
  const { BankTransferID, FromBankTransactionID } = await made({ Reference: "po_gone" });
  expect(messages(await remove(BankTransferID, "AUTHORISED"))).toEqual([
    "Bank transfers can only be updated to a status of DELETED",
  ]);
  expect((await remove(BankTransferID)).body.BankTransfers[0].Status).toBe("DELETED");
  expect(await transaction(FromBankTransactionID)).toMatchObject({ Status: "DELETED" });
  const clause = `where=${encodeURIComponent('Reference=="po_gone"')}`;
  expect(await find(clause)).toEqual([]);
  expect(await find(`${clause}&includeDeleted=true`)).toMatchObject([{ BankTransferID, Status: "DELETED" }]);
  const single = await desk.call("GET", `/BankTransfers/${BankTransferID}`);
  expect(single.body.BankTransfers[0].Status).toBe("DELETED");
  expect(messages(await remove(BankTransferID))).toEqual(["This bank transfer has already been deleted"]);
});

test("several are deleted at once, and one with a reconciled side stays", async () => {
  const [free, kept] = [await made(), await made({ ToIsReconciled: true })];
  expect(kept).toMatchObject({ FromIsReconciled: false, ToIsReconciled: true });
  const both = [free, kept].map(({ BankTransferID }) => ({ BankTransferID, Status: "DELETED" }));
  const { body } = await desk.call("POST", "/BankTransfers?summarizeErrors=false", {
    body: { BankTransfers: both },
  });
  expect(
    body.BankTransfers.map((one: { StatusAttributeString: string }) => one.StatusAttributeString),
  ).toEqual(["OK", "ERROR"]);
  expect(body.BankTransfers[1].ValidationErrors).toEqual([
    { Message: "This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement." },
  ]);
});

test("transfers are found by reference, amount, day and account", async () => {
  const { BankTransferID } = await made({ Reference: "po_find", Amount: 12.34 });
  const clause = `Reference=="po_find" AND Amount==12.34 AND Date==DateTime(2026,11,21) AND FromBankAccount.AccountID==guid("${clearing}")`;
  expect(await find(`where=${encodeURIComponent(clause)}&order=Date`)).toMatchObject([{ BankTransferID }]);
});
