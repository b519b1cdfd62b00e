import fc from "fast-check";
import { expect, test } from "vitest";
import { FileFaults, faultInWords } from "#lib/core/text/file-faults.ts";
import { readOrder } from "../accept/read-order.ts";
import { COLUMNS } from "./columns.ts";
import { faultInFile } from "./fault-in-file.ts";
import { readUpload } from "./read-upload.ts";

const quoted = (cell: string) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
/** A file with these columns alone, as a spreadsheet writes it. */
function file(rows: Record<string, string>[], { separator = ",", end = "\r\n" } = {}): string {
  const names = COLUMNS.map(({ name }) => name).filter(
    (name) => rows.some((row) => name in row) || COLUMNS.find((one) => one.name === name)?.isNeeded,
  );
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))];
  return lines.map((cells) => cells.map(quoted).join(separator) + end).join("");
}

const ONCE = { Currency: "AUD", "Amounts are": "Tax exclusive", "Customer name": "Robin Vale" };
const LINE = { Kind: "Hire", Description: "Tower", "Unit price": "40.00" };
const row = (number: string, more: Record<string, string> = {}) => ({
  ...{ "Order number": number, ...LINE },
  ...more,
});
const sentOf = (text: string) => readUpload(text, "upload").map(({ sent }) => sent);
/** All that is wrong with the orders of a file by itself, each as staff read it. */
const faultsOf = (text: string) =>
  readUpload(text, "upload").flatMap((order) =>
    [...order.faults, ...readOrder(order.sent).faults.map((fault) => faultInFile(order, fault))].map(
      (fault) => `${fault.row} ${fault.column}: ${fault.message}`,
    ),
  );
const refusedFor = (text: string) => {
  try {
    readUpload(text, "upload");
  } catch (error) {
    if (error instanceof FileFaults) return error.faults.map(faultInWords);
    throw error;
  }
  throw new Error("It was taken");
};

test("every field of an order is read from its column", () => {
  const all = {
    ...{ ...ONCE, Revision: "2", Date: "2026-11-30", "Due date": "2026-12-14", Reference: "PO 7" },
    ...{ "Customer e-mail": "robin@example.com", Tender: "EFTPOS", "Amount paid": "10.00", Total: "44.00" },
    ...{ Quantity: "2", "Discount %": "10", "Item code": "TOWER", "Tracking 1": "Region: North" },
    ...{ "Tracking 2": "Service:Bay: 3", Tax: "4.00", "Unit cost": "25.00" },
  };
  expect(sentOf(file([row("W-1", all)]))).toEqual([
    {
      ...{ source: "upload", number: "W-1", revision: 2, date: "2026-11-30", dueDate: "2026-12-14" },
      ...{ currency: "AUD", amounts: "exclusive", reference: "PO 7", total: "44.00" },
      buyer: { person: { name: "Robin Vale", email: "robin@example.com" } },
      lines: [
        {
          ...{ kind: "Hire", description: "Tower", quantity: "2", unitPrice: "40.00", discountPercent: "10" },
          ...{ itemCode: "TOWER", tax: "4.00", unitCost: "25.00" },
          tracking: [
            { category: "Region", option: "North" },
            { category: "Service", option: "Bay: 3" },
          ],
        },
      ],
      payments: [{ tender: "EFTPOS", amount: "10.00" }],
    },
  ]);
  const { "Customer name": _, ...nobody } = ONCE;
  expect(sentOf(file([row("1", { ...nobody, "Cash sale": "Yes" })]))[0]?.buyer).toEqual({ cash: true });
  expect(sentOf(file([row("1", { ...nobody, "Customer id": "C-7" })]))[0]?.buyer).toEqual({
    externalId: "C-7",
  });
  expect(
    sentOf(file([row("1", { ...ONCE, "Cash sale": "no", "Tracking 2": "Region: North" })]))[0],
  ).toMatchObject({
    buyer: { person: { name: "Robin Vale" } },
    lines: [{ tracking: [{ category: "Region", option: "North" }] }],
  });
});

const words = fc.stringMatching(/^[A-Za-zÄßé"',;&][A-Za-zÄßé"',;& \n]{0,20}[A-Za-zÄßé"',;&]$/);
const price = fc.nat(99_999).map((cents) => (cents / 100).toFixed(2));
const orders = fc.array(
  fc.record({
    customer: words.map((name) => name.replaceAll("\n", " ").trim()),
    lines: fc.array(fc.record({ description: words, unitPrice: price }), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test("orders written as a spreadsheet does are read as they were, whether what they have once stands on each row or on the first", () => {
  fc.assert(
    fc.property(
      orders,
      fc.boolean(),
      fc.constantFrom(",", ";"),
      fc.boolean(),
      (all, onEach, separator, mark) => {
        const rows = all.flatMap(({ customer, lines }, at) =>
          lines.map((line, nth) => ({
            ...{ "Order number": `W-${at}`, Kind: "Hire", Description: line.description },
            ...{ "Unit price": line.unitPrice, Currency: "", "Amounts are": "", "Customer name": "" },
            ...(onEach || nth === 0 ? { ...ONCE, "Customer name": customer } : {}),
          })),
        );
        expect(sentOf((mark ? "\uFEFF" : "") + file(rows, { separator }))).toEqual(
          all.map(({ customer, lines }, at) => ({
            ...{ source: "upload", number: `W-${at}`, currency: "AUD", amounts: "exclusive" },
            buyer: { person: { name: customer } },
            lines: lines.map((line) => ({ ...line, kind: "Hire" })),
          })),
        );
      },
    ),
  );
});

test("names of columns are known in any case, blank lines and empty columns are let be, and line ends in a cell are one sign", () => {
  const text = `ORDER  NUMBER;currency;Amounts Are;customer NAME;kind;description;unit price;;\r\n\r\nW-1;AUD;NO TAX;Robin;Hire;"two\r\nlines";1;;\r\n;;;;;;;;\r\n`;
  expect(sentOf(text)).toMatchObject([
    { number: "W-1", amounts: "none", lines: [{ description: "two\nlines" }] },
  ]);
});

test("each fault is told with its row and its column, in the words of who filled it in", () => {
  const rows = [
    row("W-1", { ...ONCE, Date: "30/11/2026", "Unit price": "1.234,50", Total: "$40" }),
    row("W-2", { ...ONCE, Quantity: "two", "Tracking 1": "North", Revision: "1.5" }),
    row("W-2", { Kind: "", Description: "", "Discount %": "110", Currency: "NZD" }),
    { ...row("W-3"), "Customer e-mail": "robin@" },
    row("W-4", { ...ONCE, "Customer id": "C-7", Tender: "EFTPOS", "Amounts are": "gross" }),
  ];
  const amount = "with a full stop before the decimals, and no currency or thousands signs";
  expect(faultsOf(file(rows)).toSorted()).toEqual(
    [
      "2 Date: “30/11/2026” can't be read. Write a day as year-month-day, as in 2026-11-30.",
      `2 Unit price: “1.234,50” can't be read. Write an amount as in 40.00, ${amount}.`,
      `2 Total: “$40” can't be read. Write an amount as in 132.00, ${amount}.`,
      `3 Quantity: “two” can't be read. Write a quantity as in 3 or 2.5, ${amount}.`,
      "3 Tracking 1: “North” can't be read. Write a category and its option, as in Region: North.",
      "3 Revision: “1.5” can't be read. Write a whole number from 1, as in 2.",
      "4 Kind: This is empty.",
      "4 Description: This is empty.",
      "4 Discount %: “110” can't be read. Write a percentage from 0 to 100, as in 12.5.",
      "4 Currency: Row 3 of this order says “AUD”, this one “NZD”.",
      "5 Currency: This is empty.",
      "5 Amounts are: This is empty.",
      "5 Customer name: This is empty.",
      "5 Customer e-mail: “robin@” can't be read. Write an e-mail address, as in robin@example.com.",
      "6 Customer name: Say who bought in one way: the customer's name, the customer id, or yes under Cash sale.",
      "6 Amounts are: “gross” can't be read. Write tax exclusive, or tax inclusive, or no tax.",
      "6 Amount paid: This is empty.",
    ].toSorted(),
  );
});

test("an order whose rows stand apart may be there twice, and is not taken", () => {
  const rows = [row("W-1", ONCE), row("W-2", ONCE), row("W-1", ONCE)];
  expect(faultsOf(file(rows))).toEqual([
    "4 Order number: Other orders stand between this row and row 2 of the same order: keep its rows together, and each of them once.",
  ]);
});

test("a file in which the orders can't be told is refused, with all that is wrong", () => {
  expect(refusedFor("")).toEqual(["line 1: There is nothing in it."]);
  const head = "Order number,Currency,Amounts are,Kind,Description,Unit price";
  expect(refusedFor(`${head}\n`)).toEqual(["line 1: There is no order in it."]);
  expect(refusedFor(`${head},Colour,currency\n`)).toEqual([
    expect.stringMatching(
      /^line 1: There is no column “Colour”. The columns are Order number, Revision, .*, Total\.$/,
    ),
    "line 1: The column “Currency” is there twice.",
  ]);
  expect(refusedFor(`${head}\nW-1,AUD,no tax,Hire,Tower,1\n,,,Hire,More,1\n`)).toEqual([
    "line 3, Order number: Say which order this row is of.",
  ]);
  expect(refusedFor(`${head}\nW-1,AUD,no tax,Hire,M\uFFFDller,1\n`)).toEqual([
    "line 2: There is a character here that can't be read. Save the file as “CSV UTF-8”.",
  ]);
  const many = Array.from({ length: 501 }, (_, nth) => row(`W-${nth}`, ONCE));
  expect(refusedFor(file(many))).toEqual([
    "line 1: There are 501 orders in it; a file takes at most 500: split it.",
  ]);
});
