/** A column of a file of orders. */
export type Column = {
  /** As the first line of a file has it, in any case. */
  name: string;
  /** order: said once for an order, or the same on each of its rows; line: of the line that the row is. */
  of: "order" | "line";
  /** Where it stands in what the API takes, below the order or the line; "+" is the next place of a list. */
  path: readonly (string | number)[];
  /** A file without it can't be read. */
  isNeeded?: true;
  /** What may stand in it, to end “Write …” with; left out where any words may. */
  holds?: string;
  help: string;
  example: string;
  /** What the API is sent for a cell, where that is not its text; undefined for nothing. */
  read?: (cell: string) => unknown;
};

const AMOUNT = "with a full stop before the decimals, and no currency or thousands signs";
const DAY = "a day as year-month-day, as in 2026-11-30";

/** As Xero itself says it. */
const AMOUNTS: Record<string, string> = {
  "tax exclusive": "exclusive",
  "tax inclusive": "inclusive",
  "no tax": "none",
};

function trackingIn(cell: string): unknown {
  const [category = "", ...option] = cell.split(":");
  return { category: category.trim(), option: option.join(":").trim() };
}

/** All columns of a file of orders, in the order of the template. */
export const COLUMNS: readonly Column[] = [
  {
    ...{ name: "Order number", of: "order", path: ["number"], isNeeded: true },
    ...{ help: "On every row: rows of one number are one order.", example: "W-10234" },
  },
  {
    ...{ name: "Revision", of: "order", path: ["revision"], holds: "a whole number from 1, as in 2" },
    help: "To change an order that was sent before: 1, then higher with each change.",
    example: "",
    read: (cell) => (/^\d{1,9}$/.test(cell) ? Number(cell) : cell),
  },
  {
    ...{ name: "Date", of: "order", path: ["date"], holds: DAY },
    ...{ help: "Of the invoice. Empty: today.", example: "2026-11-30" },
  },
  {
    ...{ name: "Due date", of: "order", path: ["dueDate"], holds: DAY },
    ...{ help: "Empty: as Settings → Orders has it.", example: "2026-12-14" },
  },
  {
    ...{ name: "Currency", of: "order", path: ["currency"], isNeeded: true },
    ...{ holds: "its three letters, as in AUD", help: "Its three letters.", example: "AUD" },
  },
  {
    ...{ name: "Amounts are", of: "order", path: ["amounts"], isNeeded: true },
    ...{ holds: Object.keys(AMOUNTS).join(", or "), help: "Whether unit prices are without tax or with it." },
    example: "tax inclusive",
    read: (cell) => AMOUNTS[cell.toLowerCase()] ?? cell,
  },
  {
    ...{ name: "Customer name", of: "order", path: ["buyer", "person", "name"] },
    ...{ help: "Found among Xero's contacts, or made there.", example: "Robin Vale" },
  },
  {
    ...{ name: "Customer e-mail", of: "order", path: ["buyer", "person", "email"] },
    ...{ holds: "an e-mail address, as in robin@example.com", help: "Beside the name; looked for first." },
    example: "robin@example.com",
  },
  {
    ...{ name: "Customer id", of: "order", path: ["buyer", "externalId"] },
    ...{ help: "In place of the name: your own, as linked under Connections → Migrate.", example: "" },
  },
  {
    ...{ name: "Cash sale", of: "order", path: ["buyer", "cash"], holds: "yes, or leave it empty" },
    ...{ help: "yes, where nobody is named: it goes to the cash customer.", example: "" },
    read: (cell) => (/^yes$/i.test(cell) ? true : /^no$/i.test(cell) ? undefined : cell),
  },
  {
    ...{ name: "Reference", of: "order", path: ["reference"] },
    ...{ help: "What people see beside the number.", example: "PO 7781" },
  },
  {
    ...{ name: "Kind", of: "line", path: ["kind"], isNeeded: true },
    ...{ help: "What is sold, as Settings → Mapping has it.", example: "Hire" },
  },
  {
    ...{ name: "Description", of: "line", path: ["description"], isNeeded: true },
    ...{ help: "The words on the invoice.", example: "Scaffold tower, 3 days" },
  },
  {
    ...{ name: "Quantity", of: "line", path: ["quantity"], holds: `a quantity as in 3 or 2.5, ${AMOUNT}` },
    ...{ help: "Empty: 1.", example: "3" },
  },
  {
    ...{ name: "Unit price", of: "line", path: ["unitPrice"], isNeeded: true },
    ...{ holds: `an amount as in 40.00, ${AMOUNT}`, help: "Up to four decimals.", example: "40.00" },
  },
  {
    ...{ name: "Discount %", of: "line", path: ["discountPercent"] },
    ...{ holds: "a percentage from 0 to 100, as in 12.5", help: "Off the line.", example: "" },
  },
  {
    ...{ name: "Item code", of: "line", path: ["itemCode"] },
    ...{ help: "Of an item in Xero; else as the kind is mapped.", example: "" },
  },
  ...["Tracking 1", "Tracking 2"].map((name) => ({
    ...{ name, of: "line" as const, path: ["tracking", "+"], read: trackingIn },
    ...{ holds: "a category and its option, as in Region: North", example: "" },
    help: "Category: Option, by the names in Xero.",
  })),
  {
    ...{ name: "Tax", of: "line", path: ["tax"], holds: `an amount as in 12.00, ${AMOUNT}` },
    ...{ help: "What your system has as the line's tax: a check.", example: "" },
  },
  {
    ...{ name: "Unit cost", of: "line", path: ["unitCost"], holds: `an amount as in 25.00, ${AMOUNT}` },
    ...{ help: "What it is bought for, where orders are tracked with a purchase order.", example: "" },
  },
  {
    ...{ name: "Tender", of: "order", path: ["payments", 0, "tender"] },
    ...{ help: "How it was paid already, as Settings → Mapping has it.", example: "EFTPOS" },
  },
  {
    ...{ name: "Amount paid", of: "order", path: ["payments", 0, "amount"] },
    ...{ holds: `an amount above 0, as in 132.00, ${AMOUNT}`, help: "Without change given." },
    example: "120.00",
  },
  {
    ...{ name: "Total", of: "order", path: ["total"], holds: `an amount as in 132.00, ${AMOUNT}` },
    ...{ help: "What your system has as the total, tax included: a check.", example: "120.00" },
  },
];
