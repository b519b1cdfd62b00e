import { expect, test } from "vitest";
import type { Contact } from "xero-node/dist/gen/model/accounting/contact.js";
import { readWrittenContact } from "./order-rows.ts";
import { NO_ID } from "./row-parts.ts";

const row: Contact = {
  contactID: "c0ffee00-0000-4000-8000-000000000001",
  contactNumber: "CF-2345ABCDEF",
  name: "Nora",
  updatedDateUTC: new Date("2026-11-30T10:00:00Z"),
};

test("the id of nothing is a no, also where Xero names no error; one that is left out says nothing", () => {
  expect(readWrittenContact(row)).toMatchObject({ xeroId: row.contactID, reference: "CF-2345ABCDEF" });
  expect(() => readWrittenContact({ ...row, contactID: NO_ID })).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ kind: "refused" }) }),
  );
  const { contactID: _, ...without } = row;
  expect(readWrittenContact(without)).toBeUndefined();
});
