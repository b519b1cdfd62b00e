import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { connections } from "#db/schema/xero.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { connectFirm, newFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { withXero } from "../call.ts";
import { disconnect } from "./disconnect.ts";
import { retryLostConnections } from "./retry-lost-connections.ts";

const db = testDb();
const simulator = testSimulator();

let caller: FirmCaller;
let tenantId: string;
let connectionId: string;

async function row() {
  const [found] = await db().select().from(connections).where(eq(connections.id, connectionId));
  if (!found) throw new Error("no connection");
  return found;
}

const write = () => withXero(db(), connectionId, "write", async () => "written");

/** How often Xero was asked who the organisation is. */
async function timesCompared(): Promise<number> {
  const { entries } = await simulator().control<{ entries: { data: { path: string } }[] }>(
    "GET",
    "/control/journal?kind=xero.call&limit=1000",
  );
  return entries.filter(({ data }) => data.path.endsWith("/Organisation")).length;
}

const letThePastBe = () =>
  db()
    .update(connections)
    .set({ lastContactAt: sql`now() - interval '61 minutes'` })
    .where(eq(connections.id, connectionId));

beforeEach(async () => {
  await simulator().control("POST", "/control/reset", { seed: "demo" });
  caller = await withDemoApp(db(), await newFirm(db()));
  tenantId = (await tenants(simulator())).uk;
  await connectFirm(db(), caller, { user: XERO_USER.harriet, tenantId });
  const [live] = await db().select().from(connections).where(eq(connections.firmId, caller.firm.firmId));
  connectionId = live?.id ?? "";
  return () => disconnect(db(), caller, { connectionId, hereOnly: true });
});

test("before the first write after a consent the organisation is compared, and not again after", async () => {
  expect((await row()).doubtSince).not.toBeNull();
  const before = await timesCompared();
  expect(await write()).toBe("written");
  expect(await write()).toBe("written");
  expect(await timesCompared()).toBe(before + 1);
  expect((await row()).doubtSince).toBeNull();
});

test("an organisation with another short code is not written to, and staff are told which it was", async () => {
  await db().update(connections).set({ shortCode: "!0ther" }).where(eq(connections.id, connectionId));
  await expect(write()).rejects.toMatchObject({ fault: { kind: "disconnected" } });
  expect(await row()).toMatchObject({ state: "organisation_gone", stateReason: "other_organisation" });
  await expect(write()).rejects.toMatchObject({ fault: { kind: "disconnected" } });
});

test("an organisation that was only renamed goes on under its new name, on the record", async () => {
  await db()
    .update(connections)
    .set({ organisationName: "Harbour Ltd" })
    .where(eq(connections.id, connectionId));
  expect(await write()).toBe("written");
  expect(await row()).toMatchObject({ state: "healthy", organisationName: "Harbour Books Ltd" });
  const told = await db().select().from(auditEvents).where(eq(auditEvents.firmId, caller.firm.firmId));
  expect(told.map(({ action }) => action)).toContain("connection.organisation-renamed");
});

test("a demo company's reset stops writes; they don't move to its new books", async () => {
  await db().update(connections).set({ isDemo: true }).where(eq(connections.id, connectionId));
  const fresh = await simulator().control<{ tenantId: string }>("POST", "/control/xero/demo-reset", {
    tenantId,
  });
  expect(fresh.tenantId).not.toBe(tenantId);
  await expect(write()).rejects.toMatchObject({ fault: { kind: "disconnected" } });
  expect(await row()).toMatchObject({ tenantId, state: "organisation_gone", stateReason: "demo_reset" });
  await expect(write()).rejects.toMatchObject({ fault: { kind: "disconnected" } });
});

test("an organisation that answers again is healthy again without a person, within the hour", async () => {
  await simulator().control("POST", "/control/faults", {
    method: "*",
    path: "/api.xro/2.0/Organisation",
    times: 1,
    effect: { kind: "status", status: 403 },
  });
  await expect(write()).rejects.toMatchObject({ fault: { kind: "disconnected" } });
  expect((await row()).state).toBe("organisation_gone");
  await retryLostConnections(db());
  expect((await row()).state, "asked again too soon").toBe("organisation_gone");
  await letThePastBe();
  await retryLostConnections(db());
  expect(await row()).toMatchObject({ state: "healthy", stateReason: null });
  expect((await row()).doubtSince).not.toBeNull();
  expect(await write()).toBe("written");
});

test("an organisation that was disconnected in Xero stays so", async () => {
  await simulator().control("POST", "/control/identity/disconnect", { tenantId });
  await expect(write()).rejects.toMatchObject({ fault: { kind: "disconnected" } });
  await letThePastBe();
  await retryLostConnections(db());
  expect(await row()).toMatchObject({ state: "disconnected", stateReason: "disconnected_in_xero" });
});
