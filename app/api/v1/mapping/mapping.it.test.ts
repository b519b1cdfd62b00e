import { beforeAll, expect, test } from "vitest";
import { itemKinds, tenders } from "#db/schema/mapping.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { setOrders } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { getMapping } from "./mapping.ts";
import { GET } from "./route.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let key = "";

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  const { connectionId } = desk.books;
  key = await makeKey(db(), desk.caller, { connectionId, name: "Till", scopes: ["read"] });
  const chart = await readBooksChart(db(), connectionId);
  const region = chart.tracking.find(({ name }) => name === "Region");
  const option = region?.options.find(({ status }) => status === "ACTIVE");
  const mappedAt = new Date();
  await db()
    .insert(itemKinds)
    .values([
      { ...desk.books, name: "New" },
      {
        ...{ ...desk.books, name: "Hire", accountCode: "260", itemCode: "HOUR", mappedAt },
        tracking: [{ categoryId: region?.categoryId ?? "", optionId: option?.optionId ?? "" }],
      },
    ]);
  await db()
    .insert(tenders)
    .values([
      { ...desk.books, name: "EFTPOS", accountId: desk.clearingAccountId, mappedAt },
      { ...desk.books, name: "Vouchers" },
    ]);
});

/** Strict: a field that the document lacks fails here. */
async function ask() {
  const answer = await GET(
    new Request("http://localhost/api/v1/mapping", { headers: { authorization: `Bearer ${key}` } }),
    { params: Promise.resolve({}) },
  );
  expect(answer.status).toBe(200);
  return getMapping.answers[200]?.schema.parse(await answer.json());
}

test("before the firm has said how orders are written, a system is told so, and what is mapped by itself", async () => {
  expect(await ask()).toMatchObject({
    settings: null,
    kinds: [
      { name: "Hire", accountCode: "260", taxType: null, costAccountCode: null },
      { name: "New", accountCode: null, taxType: null, isMapped: false },
    ],
  });
});

test("a system with a key is told what an order may name, where it goes, and what of that is the firm's settings", async () => {
  await setOrders(db(), desk, { numberPrefix: "SHOP-", salesTaxType: "OUTPUT", cashContact: "Bayside Club" });
  expect(await ask()).toEqual({
    organisation: "Demo Accountants Pty Ltd",
    settings: {
      ...{
        process: "untracked",
        status: "AUTHORISED",
        numbering: "order",
        numberPrefix: "SHOP-",
        dueDays: 14,
      },
      ...{ onUnmapped: "fallback", onLocked: "hold", onCancel: "void" },
      ...{ hasCashCustomer: true, hasSupplier: false },
    },
    kinds: [
      {
        ...{ name: "Hire", isMapped: true, accountCode: "260", taxType: "OUTPUT", costAccountCode: "310" },
        ...{ itemCode: "HOUR", tracking: [{ category: "Region", option: expect.any(String) }] },
        inherits: ["taxType", "costAccountCode"],
      },
      {
        ...{ name: "New", isMapped: false, accountCode: "200", taxType: "OUTPUT", costAccountCode: "310" },
        ...{ itemCode: null, tracking: [], inherits: ["accountCode", "taxType", "costAccountCode"] },
      },
    ],
    tenders: [
      { name: "EFTPOS", isMapped: true, account: { code: expect.any(String), name: expect.any(String) } },
      { name: "Vouchers", isMapped: false, account: null },
    ],
    asOf: expect.any(String),
  });
});
