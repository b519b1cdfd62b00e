import { expect, test } from "vitest";
import type { ItemKind, OrderSettings } from "#lib/mapping/mapping.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import { readOrder } from "../accept/read-order.ts";
import type { Books, Part, Party } from "./plan.ts";
import { type Given, planOrder } from "./plan-order.ts";

const account = (code: string, more: Partial<BooksChart["accounts"][number]> = {}) => ({
  ...{ accountId: `id-${code}`, code, name: `Account ${code}`, type: "REVENUE", class: "revenue" as const },
  ...{ status: "ACTIVE", taxType: "OUTPUT", enablePayments: false, systemAccount: null, currency: null },
  ...more,
});
const CHART: BooksChart = {
  accounts: [
    account("200"),
    account("205", { status: "ARCHIVED" }),
    account("310", { type: "DIRECTCOSTS", class: "expenses", taxType: "INPUT" }),
    account("630", { type: "INVENTORY", class: "assets", taxType: "BASEXCLUDED" }),
    account("860", {
      type: "CURRLIAB",
      class: "liabilities",
      taxType: "BASEXCLUDED",
      systemAccount: "ROUNDING",
    }),
    account("090", { type: "BANK", class: "assets", taxType: null }),
  ],
  taxRates: [
    { taxType: "OUTPUT", name: "GST on Income", percent: "10", status: "ACTIVE", appliesTo: ["revenue"] },
    { taxType: "INPUT", name: "GST on Expenses", percent: "10", status: "ACTIVE", appliesTo: ["expenses"] },
    { taxType: "BASEXCLUDED", name: "BAS Excluded", percent: "0", status: "ACTIVE", appliesTo: [] },
  ],
  items: [
    {
      code: "TOWER",
      name: null,
      isSold: true,
      isPurchased: true,
      isTracked: true,
      salesAccountCode: null,
      salesTaxType: null,
    },
  ],
  tracking: [
    {
      categoryId: "c1",
      name: "Region",
      status: "ACTIVE",
      options: [
        { optionId: "o1", name: "East", status: "ACTIVE" },
        { optionId: "o2", name: "Old", status: "ARCHIVED" },
      ],
    },
  ],
  currencies: ["AUD"],
  lockedUntil: "2026-06-30",
  asOf: new Date("2026-11-30T00:00:00Z"),
};
const SETTINGS: OrderSettings = {
  ...{
    process: "untracked",
    invoiceStatus: "AUTHORISED",
    numbering: "order",
    numberPrefix: "W-",
    dueDays: 14,
  },
  ...{
    onLocked: "hold",
    onCancel: "void",
    onUnmapped: "fallback",
    emailInvoices: false,
    salesAccountCode: "200",
    salesTaxType: null,
  },
  ...{
    costAccountCode: "310",
    inventoryAccountCode: "630",
    roundingAccountCode: "860",
    cashContactId: null,
    supplierContactId: null,
  },
};
const kind = (name: string, more: Partial<ItemKind> = {}): ItemKind => ({
  ...{
    id: name,
    name,
    accountCode: null,
    taxType: null,
    costAccountCode: null,
    itemCode: null,
    tracking: [],
    mappedAt: new Date(),
  },
  ...more,
});
const BUYER: Part<Party> = { planned: { kind: "contact", contactId: "pat", name: "Pat" }, faults: [] };
const NOBODY: Part<Party> = { planned: null, faults: [] };
const SENT = {
  ...{
    source: "till",
    number: "1",
    currency: "AUD",
    amounts: "exclusive",
    buyer: { contactId: "7c9e6679-7425-40de-944b-e07fc1f90ae7" },
  },
  lines: [{ kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00" }],
};

type Choice = {
  settings?: Partial<OrderSettings> | null;
  kinds?: ItemKind[];
  tenders?: [string, string][];
  supplier?: Part<Party>;
  numberHolder?: Given["numberHolder"];
  processOfKey?: Given["processOfKey"];
};

function plan(
  sent: object,
  {
    settings = {},
    kinds = [],
    tenders = [],
    supplier = NOBODY,
    numberHolder = null,
    processOfKey = null,
  }: Choice = {},
) {
  const books: Books = {
    chart: CHART,
    mapping: {
      settings: settings && { ...SETTINGS, ...settings },
      kinds: new Map(kinds.map((one) => [one.name, one])),
      tenders: new Map(
        tenders.map(([name, accountId]) => [name, { id: name, name, accountId, mappedAt: new Date() }]),
      ),
    },
    lockedUntil: CHART.lockedUntil,
    timeZone: "Australia/Sydney",
    today: "2026-11-30",
    payPage: { address: "https://pay.example.com/pay/north/harbour", shortCode: "!aB1" },
  };
  return planOrder(readOrder({ ...SENT, ...sent }).readable, {
    books,
    buyer: BUYER,
    processOfKey,
    supplier,
    numberHolder,
  });
}
const codes = (part: ReturnType<typeof plan>) => part.faults.map(({ code, pointer }) => `${code} ${pointer}`);
const lines = (...more: object[]) => ({ lines: more.map((one) => ({ ...SENT.lines[0], ...one })) });

test("the plan is the exact invoice: account, tax, totals, number and days", () => {
  const { planned, faults } = plan({});
  expect(faults).toEqual([]);
  expect(planned).toMatchObject({
    buyer: { contactId: "pat" },
    invoice: {
      ...{ number: "W-1", date: "2026-11-30", dueDate: "2026-12-14", status: "AUTHORISED", payments: [] },
      lines: [{ accountCode: "200", taxType: "OUTPUT", lineMinor: 12_000n, taxMinor: 1_200n }],
      totals: { netMinor: 12_000n, taxMinor: 1_200n, totalMinor: 13_200n },
    },
    purchaseOrder: null,
    adjustments: [],
  });
});

test("a kind goes where staff mapped it, and inherits what they left open", () => {
  const tracking = [{ categoryId: "c1", optionId: "o1" }];
  const { planned } = plan(
    {},
    { kinds: [kind("Hire", { taxType: "BASEXCLUDED", itemCode: "TOWER", tracking })] },
  );
  expect(planned?.invoice.lines[0]).toMatchObject({
    accountCode: "200",
    taxType: "BASEXCLUDED",
    itemCode: "TOWER",
    tracking,
    taxMinor: 0n,
  });
});

test("nothing is written before a person has saved the settings", () => {
  expect(codes(plan({}, { settings: null }))).toEqual(["orders-not-set-up #"]);
});

test.each([
  [
    "a kind nobody has mapped, where the firm holds those",
    {},
    { settings: { onUnmapped: "hold" } },
    ["kind-unmapped #/lines/0/kind"],
  ],
  [
    "an archived account",
    {},
    { kinds: [kind("Hire", { accountCode: "205" })] },
    ["account-archived #/lines/0/kind"],
  ],
  [
    "an account that is gone",
    {},
    { kinds: [kind("Hire", { accountCode: "999" })] },
    ["account-unknown #/lines/0/kind"],
  ],
  [
    "a bank account",
    {},
    { kinds: [kind("Hire", { accountCode: "090" })] },
    ["account-unsuitable #/lines/0/kind"],
  ],
  [
    "an account of stock",
    {},
    { kinds: [kind("Hire", { accountCode: "630" })] },
    ["account-unsuitable #/lines/0/kind"],
  ],
  [
    "a tax rate of expenses on sales",
    {},
    { kinds: [kind("Hire", { taxType: "INPUT" })] },
    ["tax-unsuitable #/lines/0/kind"],
  ],
  [
    "a tax rate that is gone",
    {},
    { kinds: [kind("Hire", { taxType: "GONE" })] },
    ["tax-unknown #/lines/0/kind"],
  ],
  ["an item that is not there", lines({ itemCode: "NONE" }), {}, ["item-unknown #/lines/0/itemCode"]],
  [
    "a tracking option that is archived",
    lines({ tracking: [{ category: "Region", option: "Old" }] }),
    {},
    ["tracking-unknown #/lines/0/tracking/0"],
  ],
  ["a currency that is not used", { currency: "EUR" }, {}, ["currency-not-subscribed #/currency"]],
  ["a locked day", { date: "2026-06-30" }, {}, ["date-locked #/date"]],
  [
    "a due date before the date",
    { date: "2026-11-30", dueDate: "2026-11-29" },
    {},
    ["due-before-date #/dueDate"],
  ],
  ["a number of letters that Xero does not take", { number: "Ä1" }, {}, ["number-unusable #/number"]],
  ["a number that another invoice has", {}, { numberHolder: { order: null } }, ["number-taken #/number"]],
  ["a total that the lines don't come to", { total: "131.00" }, {}, ["total-differs #/total"]],
  ["tax that the lines don't come to", { taxTotal: "11.00" }, {}, ["tax-differs #/taxTotal"]],
  ["a line's tax that is another", lines({ tax: "11.00" }), {}, ["tax-differs #/lines/0/tax"]],
  ["less than nothing", lines({ unitPrice: "-40.00" }), {}, ["total-negative #/lines"]],
  [
    "cents left over, and no account for them",
    { total: "132.01" },
    { settings: { roundingAccountCode: null } },
    ["rounding-unmapped #/total"],
  ],
  [
    "a tender without an account",
    { payments: [{ tender: "Cash", amount: "1" }] },
    {},
    ["tender-unmapped #/payments/0/tender"],
  ],
  [
    "a tender on an account that takes no payments",
    { payments: [{ tender: "Cash", amount: "1" }] },
    { tenders: [["Cash", "id-200"]] },
    ["account-unsuitable #/payments/0/tender"],
  ],
  [
    "more paid than owed",
    { payments: [{ tender: "Cash", amount: "200" }] },
    { tenders: [["Cash", "id-090"]] },
    ["payments-exceed-total #/payments"],
  ],
  [
    "payments on a draft",
    { status: "DRAFT", payments: [{ tender: "Cash", amount: "1" }] },
    { tenders: [["Cash", "id-090"]] },
    ["payments-need-authorised #/payments"],
  ],
  ["a tracked order without costs", { process: "tracked" }, { supplier: BUYER }, ["cost-missing #/lines"]],
  [
    "a tracked order without a supplier",
    { process: "tracked", ...lines({ unitCost: "20" }) },
    {},
    ["supplier-unset #"],
  ],
  [
    "a cost without an account",
    { process: "tracked", ...lines({ unitCost: "20" }) },
    { supplier: BUYER, settings: { costAccountCode: null } },
    ["cost-account-unset #/lines/0/unitCost"],
  ],
] as [string, object, Choice, string[]][])(
  "%s is told where it is, and nothing is planned",
  (_, sent, choice, expected) => {
    const part = plan(sent, choice);
    expect(codes(part)).toEqual(expected);
    expect(part.planned).toBeNull();
  },
);

test("all of it is told at once, also of what else can't be read", () => {
  const part = plan(
    {
      currency: "EUR",
      date: "2026-06-30",
      number: "Ä",
      total: "x",
      ...lines({ kind: "A" }, { kind: "B", unitPrice: 3 }, { itemCode: "NONE" }),
    },
    { kinds: [kind("A", { accountCode: "999" }), kind("B", { accountCode: "205" })] },
  );
  expect(codes(part)).toEqual([
    "currency-not-subscribed #/currency",
    "date-locked #/date",
    "number-unusable #/number",
    "account-unknown #/lines/0/kind",
    "account-archived #/lines/1/kind",
    "item-unknown #/lines/2/itemCode",
  ]);
});

test("a few cents that the total differs by become a line of rounding without tax, and are told", () => {
  const { planned } = plan({ total: "132.01" });
  expect(planned?.invoice.lines[1]).toMatchObject({
    description: "Rounding",
    unitPrice: "0.01",
    accountCode: "860",
    taxType: "BASEXCLUDED",
  });
  expect(planned?.invoice.totals.totalMinor).toBe(13_201n);
  expect(planned?.adjustments).toEqual(["A line of rounding, 0.01: your total is 132.01."]);
});

test("a locked day becomes the first open one where the firm chose that, for payments too", () => {
  const sent = { date: "2026-06-30", payments: [{ tender: "Cash", amount: "132.00" }] };
  const { planned } = plan(sent, { settings: { onLocked: "next_open_day" }, tenders: [["Cash", "id-090"]] });
  expect(planned).toMatchObject({
    invoice: {
      date: "2026-07-01",
      payments: [{ accountId: "id-090", amountMinor: 13_200n, date: "2026-07-01" }],
    },
    adjustments: ["Dated 2026-07-01, the first open day: 2026-06-30 is locked."],
  });
});

test("a tracked order is bought too: stock on the inventory account, the rest as costs", () => {
  const sent = {
    process: "tracked",
    ...lines({ unitCost: "20", itemCode: "TOWER" }, { unitCost: "5.5" }, {}),
  };
  expect(plan(sent, { supplier: BUYER }).planned?.purchaseOrder).toMatchObject({
    number: "W-1",
    lines: [
      { accountCode: "630", taxType: "BASEXCLUDED", lineMinor: 6_000n },
      { accountCode: "310", taxType: "INPUT", lineMinor: 1_650n, taxMinor: 165n },
    ],
    totals: { totalMinor: 7_815n },
  });
});

test("what a key's orders become counts where the order does not say, before the organisation's settings", () => {
  const sent = lines({ unitCost: "20" });
  const bought = (order: object, choice: Choice) =>
    plan({ ...sent, ...order }, { supplier: BUYER, ...choice }).planned?.purchaseOrder?.number ?? null;
  expect(bought({}, {})).toBeNull();
  expect(bought({}, { processOfKey: "tracked" })).toBe("W-1");
  expect(bought({ process: "untracked" }, { processOfKey: "tracked" })).toBeNull();
  expect(bought({}, { processOfKey: "untracked", settings: { process: "tracked" } })).toBeNull();
});

test("the client is e-mailed an approved invoice where the order or the settings say so, a cash customer by the order alone", () => {
  const isSent = (order: object, choice: Choice = {}) => plan(order, choice).planned?.invoice.sendEmail;
  const settings = { emailInvoices: true };
  expect([isSent({}), isSent({ sendEmail: true }), isSent({}, { settings })]).toEqual([false, true, true]);
  expect(isSent({ sendEmail: false }, { settings })).toBe(false);
  expect(isSent({ buyer: { cash: true } }, { settings })).toBe(false);
  expect(isSent({ status: "DRAFT" }, { settings })).toBe(false);
});
