import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";
import { readCsv } from "./read-csv.ts";

/** What any spreadsheet may hold; not what ours keeps from becoming a formula by a sign before it. */
const cell = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom('a "b"', "x, y; z", "two\nlines", ""),
  )
  .map((text) =>
    text
      .replace(/\r/g, "")
      .replace(/^[\s'=+\-@＝＋－＠]+/, "")
      .trim(),
  );
const tables = fc
  .integer({ min: 1, max: 5 })
  .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 }));

const written = (rows: string[][], separator: string, end: string) =>
  rows
    .map((cells) =>
      cells.map((text) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)),
    )
    .map((cells) => cells.join(separator) + end)
    .join("");

test.each([
  [",", "\r\n"],
  [";", "\n"],
  ["\t", "\r\n"],
])("what a spreadsheet writes with “%s” between is read as it was", (separator, end) => {
  fc.assert(
    fc.property(tables, (rows) => {
      const names = (rows[0] ?? ["x"]).map((_, at) => `Column ${at}`);
      const { records } = readCsv(written([names, ...rows], separator, end));
      const expected = rows.flatMap((cells, at) => {
        const filled = cells.flatMap((text, nth) => (text === "" ? [] : [[`Column ${nth}`, text] as const]));
        return filled.length === 0 ? [] : [{ row: at + 2, fields: Object.fromEntries(filled) }];
      });
      expect(records.map(({ row, fields }) => ({ row, fields }))).toEqual(expected);
    }),
  );
});

test("what the desk writes it reads", () => {
  fc.assert(
    fc.property(cell, (text) => {
      const { records } = readCsv(csvLine(["a", "b"]) + csvLine(["1", text]));
      expect(records[0]?.fields).toEqual(text === "" ? { a: "1" } : { a: "1", b: text });
    }),
  );
});

test("columns and cells without a name at the end are let be while they are empty; rows are counted as a spreadsheet does", () => {
  expect(readCsv('a;b;;\n1;2;;\n\n"two\nlines";3;;;;\n4;5\n')).toEqual({
    names: ["a", "b"],
    records: [
      { line: 2, row: 2, fields: { a: "1", b: "2" } },
      { line: 4, row: 4, fields: { a: "two\nlines", b: "3" } },
      { line: 6, row: 5, fields: { a: "4", b: "5" } },
    ],
  });
  expect(() => readCsv("a,b,\n1,2,3\n")).toThrow("One fault");
});
