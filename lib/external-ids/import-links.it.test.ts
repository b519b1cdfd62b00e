import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { recordLinks } from "#db/schema/external-ids.ts";
import { contacts, invoices, syncCursors } from "#db/schema/mirror.ts";
import { connections } from "#db/schema/xero.ts";
import { FileFaults, faultInWords } from "#lib/core/text/file-faults.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { warmUp } from "#lib/testing/staff.ts";
import { connectFirm, newFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { importLinks, importLinksOfDesk } from "./import-links.ts";
import { loadLinks } from "./read.ts";
import { reportInWords } from "./report.ts";

const db = testDb();
const simulator = testSimulator();

let caller: FirmCaller;
let books: { au: string; uk: string };

/** A firm of two organisations, both read. */
beforeAll(async () => {
  caller = await withDemoApp(db(), await newFirm(db()));
  const at = await tenants(simulator());
  books = { au: await connect(at.au), uk: await connect(at.uk) };
});

beforeEach(() => db().delete(recordLinks));

async function connect(tenantId: string): Promise<string> {
  await connectFirm(db(), caller, { user: XERO_USER.ada, tenantId });
  const [row] = await db().select().from(connections).where(eq(connections.tenantId, tenantId));
  const connectionId = row?.id ?? "";
  await backfillOrganisation(db(), { firmId: caller.firm.firmId, connectionId });
  return connectionId;
}

async function idsOf(connectionId: string) {
  const [contact] = await db().select().from(contacts).where(eq(contacts.connectionId, connectionId));
  const [invoice] = await db().select().from(invoices).where(eq(invoices.connectionId, connectionId));
  return { contact: contact?.contactId ?? "", invoice: invoice?.invoiceId ?? "" };
}

const csv = (...records: string[]) => ["system,kind,theirId,xeroId", ...records].join("\n");
const NOWHERE = "70784a63-d24b-46a9-a4db-0e70a274b056";
const rows = () => db().select().from(recordLinks).orderBy(recordLinks.theirId);

const bring = async (connectionId: string, text: string) =>
  reportInWords(await importLinks(db(), caller, { connectionId, text }));

test("C3: links are assigned to the chosen organisation as far as its books hold them; the rest is told with its reason", async () => {
  const [au, uk] = [await idsOf(books.au), await idsOf(books.uk)];
  const text = csv(
    `crm,contact,1,${au.contact.toUpperCase()}`,
    `crm,invoice,2,${au.invoice}`,
    `crm,contact,3,${NOWHERE}`,
    `crm,contact,4,${uk.contact}`,
    `crm,invoice,5,${au.contact}`,
    `crm,item,6,${NOWHERE}`,
  );
  expect(await bring(books.au, text)).toEqual({
    summary: "Demo Accountants Pty Ltd: 3 imported, 0 on file before, 3 skipped.",
    lines: [
      "Contacts: 1 matched, 2 not kept.",
      "Invoices: 1 matched, 1 not kept.",
      "Items: 1 kept unchecked, for the mirror holds none of this kind.",
      "line 4, contact 3: Xero's id is not in the books of Demo Accountants Pty Ltd.",
      "line 5, contact 4: Xero's id is in the books of Harbour Books Ltd.",
      "line 6, invoice 5: Xero's id is not in the books of Demo Accountants Pty Ltd.",
    ],
  });
  expect(await rows()).toMatchObject([
    { theirId: "1", xeroId: au.contact, connectionId: books.au, checkedAt: expect.any(Date) },
    { theirId: "2", xeroId: au.invoice, connectionId: books.au, checkedAt: expect.any(Date) },
    { theirId: "6", xeroId: NOWHERE, connectionId: books.au, checkedAt: null },
  ]);
  expect((await loadLinks(db(), caller.firm)).onFile).toMatchObject([
    { organisationName: "Demo Accountants Pty Ltd", system: "crm", kind: "contact", links: 1 },
    { kind: "invoice", links: 1 },
    { kind: "item", links: 1 },
  ]);
});

test("C3: the same file twice changes nothing, also when both come at once", async () => {
  const { contact, invoice } = await idsOf(books.au);
  const text = csv(`crm,contact,1,${contact}`, `crm,invoice,2,${invoice}`);
  await warmUp(db());
  const both = await Promise.all([bring(books.au, text), bring(books.au, text)]);
  expect(both.map(({ summary }) => summary).toSorted()).toEqual([
    "Demo Accountants Pty Ltd: 2 imported, 0 on file before, 0 skipped.",
    "Nothing is new: all of it is on file for Demo Accountants Pty Ltd.",
  ]);
  const before = await rows();
  await bring(books.au, text);
  expect(await rows()).toEqual(before);
});

test("C3: a link that another organisation has, or that says something else, is shown and not moved", async () => {
  const { contact, invoice } = await idsOf(books.au);
  const uk = await idsOf(books.uk);
  await bring(books.au, csv(`crm,contact,1,${contact}`, `crm,invoice,2,${invoice}`));
  const before = await rows();
  expect((await bring(books.uk, csv(`crm,contact,1,${uk.contact}`))).lines).toContain(
    "line 2, contact 1: It is assigned to Demo Accountants Pty Ltd, and was not moved.",
  );
  expect((await bring(books.au, csv(`crm,invoice,2,${NOWHERE}`))).lines).toContain(
    `line 2, invoice 2: It is on file with another Xero id, ${invoice}, which was not changed.`,
  );
  expect(await rows()).toEqual(before);
});

test("C3: while a kind is still being read nothing is judged by it", async () => {
  const { contact } = await idsOf(books.au);
  await db().update(syncCursors).set({ backfilledAt: null }).where(eq(syncCursors.kind, "contacts"));
  try {
    await expect(bring(books.au, csv(`crm,contact,1,${contact}`))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("The contacts of Demo Accountants Pty Ltd are still being read"),
    });
    expect(await rows()).toEqual([]);
  } finally {
    await db().update(syncCursors).set({ backfilledAt: new Date() }).where(eq(syncCursors.kind, "contacts"));
  }
});

test("C3: nothing crosses firms: no choice of their organisation, no match in their books, no sight of their links", async () => {
  const { contact } = await idsOf(books.au);
  await bring(books.au, csv(`crm,contact,1,${contact}`));
  const other = await withDemoApp(db(), await newFirm(db()));
  await connectFirm(db(), other, { user: XERO_USER.lee, tenantId: (await tenants(simulator())).us });
  const [theirs] = await db().select().from(connections).where(eq(connections.firmId, other.firm.firmId));
  const connectionId = theirs?.id ?? "";
  await backfillOrganisation(db(), { firmId: other.firm.firmId, connectionId });

  const text = csv(`crm,contact,1,${contact}`);
  await expect(importLinks(db(), other, { connectionId: books.au, text })).rejects.toMatchObject({
    code: "invalid",
    field: "connectionId",
    message: expect.not.stringContaining("Demo Accountants"),
  });
  const report = reportInWords(await importLinks(db(), other, { connectionId, text }));
  expect(report.lines).toContain("line 2, contact 1: Xero's id is not in the books of Lakeview Tax LLC.");
  expect((await loadLinks(db(), other.firm)).onFile).toEqual([]);
});

test("all faults of a file come at once; from the shell firm and organisation are named", async () => {
  const { contact } = await idsOf(books.uk);
  const error = await bring(
    books.uk,
    csv(`crm,customer,1,${contact}`, `crm,contact,2,${contact}`, `crm,contact,2,${NOWHERE}`),
  ).catch((thrown: FileFaults) => thrown);
  expect(error instanceof FileFaults && error.faults.map(faultInWords)).toEqual([
    expect.stringContaining("line 2, kind: Write one of contact"),
    "line 4, xeroId: Line 3 gives another one.",
  ]);
  const firm = `${caller.firm.companySlug}/${caller.firm.firmSlug}`;
  const ask = { firm, organisation: "!hB7uK", text: csv(`crm,contact,1,${contact}`) };
  expect((await importLinksOfDesk(db(), ask)).results).toMatchObject([{ verdict: { kind: "matched" } }]);
  await expect(importLinksOfDesk(db(), { ...ask, organisation: "!nope" })).rejects.toMatchObject({
    message: expect.stringContaining("Harbour Books Ltd (!hB7uK)"),
  });
  await expect(importLinksOfDesk(db(), { ...ask, firm: "no/body" })).rejects.toMatchObject({
    code: "not_found",
  });
});
