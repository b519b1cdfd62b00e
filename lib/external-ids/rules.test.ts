import { expect, test } from "vitest";
import { parseRecords } from "#lib/core/text/records.ts";
import { reportInWords } from "./report.ts";
import { judge, type LinkRecord, linkRecord, withoutRepeats } from "./rules.ts";

const ID = "70784a63-d24b-46a9-a4db-0e70a274b056";
const OTHER = "0e70a274-d24b-46a9-a4db-70784a63b056";
const link = { system: "suitecrm", kind: "contact", theirId: "42", xeroId: ID } satisfies LinkRecord;

const faultsIn = (fields: object) =>
  parseRecords([{ line: 2, fields: { ...fields } }], linkRecord).faults.map(({ field, message }) => [
    field,
    message,
  ]);

test("C3: a link is taken, with the system's name and Xero's id in one spelling", () => {
  expect(linkRecord.parse({ ...link, system: " SuiteCRM ", xeroId: ID.toUpperCase() })).toEqual(link);
  expect(linkRecord.parse({ ...link, kind: "tax_rate", xeroId: "OUTPUT" }).xeroId).toBe("OUTPUT");
});

test.each([
  [{ ...link, kind: "customer" }, "kind", "Write one of contact"],
  [{ ...link, theirId: "" }, "theirId", "Give the other system's id."],
  [{ ...link, theirId: "a\u0000b" }, "theirId", "Use one line"],
  [{ ...link, xeroId: "OUTPUT" }, "xeroId", "32 hexadecimal digits"],
  [{ ...link, system: undefined }, "system", "Name the other system"],
  [{ ...link, organisation: "x" }, "organisation", "There is no such field here."],
])("what does not fit is told at its field: %j", (fields, field, says) => {
  expect(faultsIn(fields)).toEqual([[field, expect.stringContaining(says)]]);
});

test("a line that repeats another is passed over; one that contradicts another is a fault", () => {
  const records = [link, link, { ...link, xeroId: OTHER }, { ...link, system: "erp", xeroId: OTHER }];
  const { once, faults } = withoutRepeats(records.map((fields, index) => ({ line: index + 2, fields })));
  expect(once.map(({ line }) => line)).toEqual([2, 5]);
  expect(faults).toEqual([{ line: 4, field: "xeroId", message: "Line 2 gives another one." }]);
});

const known = { chosen: "here", onFile: undefined, inBooksOf: ["here"] };

test.each([
  ["in the chosen books", known, { kind: "matched" }],
  ["in both firms' books", { ...known, inBooksOf: ["there", "here"] }, { kind: "matched" }],
  ["of a kind that the mirror doesn't keep", { ...known, inBooksOf: null }, { kind: "unchecked" }],
  ["in no books", { ...known, inBooksOf: [] }, { kind: "not_found" }],
  ["in other books", { ...known, inBooksOf: ["there"] }, { kind: "in_other_books", connectionId: "there" }],
  ["on file already", { ...known, onFile: { connectionId: "here", xeroId: ID } }, { kind: "already" }],
  [
    "on file, gone from the books",
    { ...known, inBooksOf: [], onFile: { connectionId: "here", xeroId: ID } },
    { kind: "already" },
  ],
  [
    "on file with another id",
    { ...known, onFile: { connectionId: "here", xeroId: OTHER } },
    { kind: "differs", xeroId: OTHER },
  ],
  [
    "assigned to another organisation",
    { ...known, onFile: { connectionId: "there", xeroId: ID } },
    { kind: "assigned_elsewhere", connectionId: "there" },
  ],
])("C3: a link %s", (_, facts, verdict) => {
  expect(judge(link, facts)).toEqual(verdict);
});

test("the report counts by kind, and gives a reason for each link that was not kept", () => {
  const results = [
    { line: 2, link, verdict: { kind: "matched" as const } },
    { line: 3, link: { ...link, theirId: "43" }, verdict: { kind: "not_found" as const } },
    {
      line: 4,
      link: { ...link, theirId: "44" },
      verdict: { kind: "assigned_elsewhere" as const, connectionId: "x" },
    },
    { line: 5, link: { ...link, kind: "item" as const }, verdict: { kind: "unchecked" as const } },
  ];
  const organisations = new Map([["x", "Harbour Books Ltd"]]);
  expect(reportInWords({ organisationName: "Demo", results, organisations })).toEqual({
    summary: "Demo: 2 imported, 0 on file before, 2 skipped.",
    lines: [
      "Contacts: 1 matched, 2 not kept.",
      "Items: 1 kept unchecked, for the mirror holds none of this kind.",
      "line 3, contact 43: Xero's id is not in the books of Demo.",
      "line 4, contact 44: It is assigned to Harbour Books Ltd, and was not moved.",
    ],
  });
});
