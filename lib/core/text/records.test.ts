import { expect, test } from "vitest";
import { z } from "zod";
import { FileFaults, faultInWords } from "./file-faults.ts";
import { parseRecords, readRecords } from "./records.ts";

function faultsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof FileFaults) return error.faults.map(faultInWords);
    throw error;
  }
  throw new Error("It was taken");
}

test("a list of objects is read, each with the line it begins on", () => {
  const text = `[
  {"a": "[1", "b": {"c": [1, 2]}},

  {"a": "x\\"}"}, {"a":
  "y"}
]`;
  expect(readRecords(text)).toEqual([
    { line: 2, fields: { a: "[1", b: { c: [1, 2] } } },
    { line: 4, fields: { a: 'x"}' } },
    { line: 4, fields: { a: "y" } },
  ]);
});

test("a table is read the same way: quotes, line ends inside them, empty cells, a byte order mark", () => {
  const text = '\uFEFFkind,name,note\r\nx,"Lane, ""Ada""","two\r\nlines"\r\n\r\ny,,z\r\nz,Bo,\r\n';
  expect(readRecords(text)).toEqual([
    { line: 2, fields: { kind: "x", name: 'Lane, "Ada"', note: "two\r\nlines" } },
    { line: 5, fields: { kind: "y", note: "z" } },
    { line: 6, fields: { kind: "z", name: "Bo" } },
  ]);
  expect(readRecords("a,b\n1,")).toEqual([{ line: 2, fields: { a: "1" } }]);
});

test.each([
  ["", ["line 1: There is nothing in it."]],
  ["[]", ["line 1: There is nothing in it."]],
  ["a,b\n", ["line 1: There is nothing in it."]],
  ['[\n{"a": 1},\n{"a" 2}]', ["line 3: This is no JSON from here on."]],
  ['{"a": 1}', ["line 1: Write a list of objects: [ {…}, {…} ]."]],
  ["[\n1]", ["line 2: This is no object."]],
  ["a,a\n1,2", ["line 1: Name each column once in the first line, with commas or semicolons between."]],
  [
    "a,b\n1\n1,2\n1,2,3",
    [
      "line 2: The first line has 2 columns, this one 1.",
      "line 4: The first line has 2 columns, this one 3.",
    ],
  ],
  [
    'a,b\n1,x"y',
    ["line 2: A quote stands here alone. Put the cell in quotes, and write a quote in it twice."],
  ],
])("what can't be read is told by its line: %j", (text, says) => {
  expect(faultsOf(() => readRecords(text))).toEqual(says);
});

test("all faults of a file come at once, each with its line and field, the fields that there are not too", () => {
  const schema = z.strictObject({ id: z.string("Give an id."), on: z.iso.date("Write 2024-12-31.") });
  const text = "id,on,extra\n1,2024-12-31,\n,yesterday,\n2,2024-01-01,x";
  const { fitting, faults } = parseRecords(readRecords(text), schema);
  expect(fitting).toEqual([{ line: 2, fields: { id: "1", on: "2024-12-31" } }]);
  expect(faults.map(faultInWords)).toEqual([
    "line 3, id: Give an id.",
    "line 3, on: Write 2024-12-31.",
    "line 4, extra: There is no such field here.",
  ]);
});

test("a file of a hundred thousand quotes is refused at once", () => {
  expect(faultsOf(() => readRecords(`a,b\n${'"'.repeat(100_001)}`))).toHaveLength(1);
  expect(faultsOf(() => readRecords(`["${"\\".repeat(100_001)}`))).toHaveLength(1);
});
