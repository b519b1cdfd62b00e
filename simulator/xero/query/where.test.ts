import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../errors.ts";
import { fields, labelOfParty, valueInside } from "./fields.ts";
import { parseOrder } from "./order.ts";
import { parseWhere } from "./where.ts";

const db = new DatabaseSync(":memory:");
db.exec(`create table xero_rows (id text, kind text, label text collate nocase, day text, amount integer, party text,
  valid_to integer, data text)`);
const add = db.prepare("insert into xero_rows values (?, ?, ?, ?, ?, ?, null, ?)");
add.run("c1", "contact", "O'Brien", null, null, null, "{}");
add.run("i1", "invoice", "INV-1", "2026-11-01", 1050, "c1", '{"sent":true,"note":"x"}');
add.run("i2", "invoice", "inv-2", "2026-12-01", 0, "c2", '{"sent":false}');

const known = fields("Invoice", {
  InvoiceNumber: ["label", "text"],
  Date: ["day", "day"],
  AmountDue: ["amount", "money"],
  InvoiceID: ["id", "guid"],
  "Contact.Name": labelOfParty("contact"),
  SentToContact: [valueInside("sent"), "flag"],
  Note: [valueInside("note"), "text"],
});

function find(clause: string): string[] {
  const { text, values } = parseWhere(clause, known);
  const rows = db
    .prepare(`select id from xero_rows where kind = 'invoice' and (${text}) order by id`)
    .all(...values);
  return rows.map(({ id }) => String(id));
}

test.each([
  ['InvoiceNumber == "inv-1"', ["i1"]],
  ['InvoiceNumber != "INV-1"', ["i2"]],
  ["AmountDue > 10.49 AND AmountDue <= 10.50", ["i1"]],
  ["10.50 == AmountDue", ["i1"]],
  ["0 < AmountDue", ["i1"]],
  ["Date >= DateTime(2026, 11, 2)", ["i2"]],
  ['Date < DateTime.Parse("2026-11-02")', ["i1"]],
  ['Contact.Name == "O\'Brien"', ["i1"]],
  ['Contact.Name != "O\'Brien"', ["i2"]],
  ['Contact.Name.ToLower().StartsWith("o\'b")', ["i1"]],
  ['InvoiceNumber.EndsWith("2") or InvoiceNumber.Contains("V-1")', ["i1", "i2"]],
  ['!(InvoiceNumber == "INV-1")', ["i2"]],
  ['InvoiceID == Guid("I1") || InvoiceID = guid("x")', ["i1"]],
  ["SentToContact == true", ["i1"]],
  ["SentToContact", ["i1"]],
  ["Note == null", ["i2"]],
  ["Note != null", ["i1"]],
  ['Note != "x"', ["i2"]],
  ['InvoiceNumber == "a" OR InvoiceNumber == "INV-1" AND AmountDue == 0', []],
] as [string, string[]][])("%s", (clause, expected) => {
  expect(find(clause)).toEqual(expected);
});

test("a quote in a text is doubled; a backslash before it breaks off the text", () => {
  const said = db.prepare(
    "insert into xero_rows values ('q', 'invoice', ?, '2026-10-01', 9, 'c2', null, '{}')",
  );
  said.run('Say "hi" \\o/');
  expect(find('InvoiceNumber == "Say ""hi"" \\o/"')).toEqual(["q"]);
  expect(() => find('InvoiceNumber == "Say \\"hi\\" \\o/"')).toThrow(Refusal);
  db.exec("delete from xero_rows where id = 'q'");
});

test("order names properties, and ends with the id", () => {
  expect(parseOrder("Date DESC, InvoiceNumber", known)).toBe("day desc, label asc, id");
  expect(() => parseOrder("Date; drop", known)).toThrow(Refusal);
});

const pieces = [
  "InvoiceNumber",
  "Date",
  "AmountDue",
  "Contact.Name",
  "==",
  "!=",
  ">",
  "(",
  ")",
  "AND",
  "OR",
  "!",
  ".",
  ",",
];
const more = [
  '"x"',
  "1.5",
  "null",
  "true",
  "DateTime(",
  "guid(",
  "2026",
  ".Contains(",
  ".Value",
  ".HasValue",
  "-",
  "'",
  "\\",
];

test("whatever is asked is either SQL or a QueryParseException", () => {
  const clause = fc
    .array(fc.constantFrom(...pieces, ...more), { maxLength: 9 })
    .map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.oneof(clause, fc.string()), (asked) => {
      try {
        find(asked);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { numRuns: 3000 },
  );
});
