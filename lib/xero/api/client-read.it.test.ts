import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoicesInXero } from "#lib/testing/truth/truth.ts";
import { withXero } from "../call.ts";
import type { XeroApi } from "./xero-api.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
});

const ask = <T>(work: (xero: XeroApi) => Promise<T>) => withXero(db(), desk.books.connectionId, "sync", work);

test("Xero says what the user who consented may not do", async () => {
  const denied = ["UseMulticurrency"];
  await simulator().control("POST", "/control/xero/actions", { tenantId: desk.tenantId, denied });
  const actions = await ask((xero) => xero.organisationActions());
  expect(actions).toContainEqual({ name: "CreateApprovedInvoice", status: "ALLOWED" });
  expect(actions.filter(({ status }) => status === "NOT-ALLOWED").map(({ name }) => name)).toEqual(denied);
});

test("of one contact come that contact's documents alone", async () => {
  const all = await invoicesInXero(simulator(), desk.tenantId);
  const contactId = all.find(({ number }) => number === "INV-1911")?.contactId ?? "";
  const { rows } = await ask((xero) => xero.invoices({ page: 1, contactId }));
  expect(rows).toHaveLength(all.filter((one) => one.contactId === contactId).length);
  const credits = await ask((xero) => xero.creditNotes({ page: 1, contactId }));
  expect(credits.rows.length).toBeGreaterThan(0);
  expect(new Set(credits.rows.map((row) => row.contactId))).toEqual(new Set([contactId]));
});

test("nothing but an id gets into a filter's text", async () => {
  const contactId = '") OR (1==1';
  await expect(ask((xero) => xero.creditNotes({ page: 1, contactId }))).rejects.toThrow(RangeError);
});
