import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { callUsage, connections, xeroApps } from "#db/schema/xero.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { connectFirm, newFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { withXero } from "../call.ts";
import { saveTier } from "./save-tier.ts";
import { loadUsage } from "./usage.ts";

const db = testDb();
const simulator = testSimulator();

let company: FirmCaller;
/** Owns one firm of the company, and nothing of the company itself. */
let firmOwner: FirmCaller;
let viewer: FirmCaller;

beforeAll(async () => {
  company = await withDemoApp(db(), await newFirm(db()));
  const other = await newFirm(db(), company);
  const { au, uk } = await tenants(simulator());
  expect((await connectFirm(db(), company, { user: XERO_USER.dana, tenantId: au })).kind).toBe("connected");
  expect((await connectFirm(db(), other, { user: XERO_USER.harriet, tenantId: uk })).kind).toBe("connected");
  for (const tenantId of [au, uk]) {
    const [row] = await db()
      .select()
      .from(connections)
      .where(and(eq(connections.tenantId, tenantId), isNull(connections.endedAt)));
    await withXero(db(), row?.id ?? "", "payer", (xero) => xero.accounts());
    await withXero(db(), row?.id ?? "", "sync", (xero) => xero.organisation());
  }
  const { firmId } = other.firm;
  const owner = await makeActor(db(), "Firm Owner", [{ firmId, role: "owner" }]);
  firmOwner = { actor: owner, firm: await requireFirm(db(), owner, firmId, "connect"), ip: null };
  const sees = await makeActor(db(), "Viewer", [{ firmId, role: "viewer" }]);
  viewer = { actor: sees, firm: await requireFirm(db(), sees, firmId, "see"), ip: null };
});

test("an owner sees the calls of the firm's own organisations, and how many are left", async () => {
  const { organisations } = await loadUsage(db(), firmOwner.firm);
  expect(organisations.map(({ organisationName }) => organisationName)).toEqual(["Harbour Books Ltd"]);
  expect(organisations[0]).toMatchObject({
    lastDay: { payer: 1, write: 0, sync: 1 },
    limited: 0,
    blocked: null,
    day: { limit: 5_000, forecast: { kind: "enough" } },
  });
  expect(organisations[0]?.day?.left).toBeGreaterThan(4_900);
});

test("what an organisation cost another firm before is not told to the next", async () => {
  await db()
    .update(connections)
    .set({ connectedAt: new Date(Date.now() + 7_200_000) })
    .where(eq(connections.firmId, firmOwner.firm.firmId));
  expect((await loadUsage(db(), firmOwner.firm)).organisations[0]?.lastDay).toEqual({
    payer: 0,
    write: 0,
    sync: 0,
  });
});

test("the totals of the company's app are for the company's owners alone", async () => {
  const [asCompany] = (await loadUsage(db(), company.firm)).apps;
  expect(asCompany).toMatchObject({
    whose: "company",
    tier: "starter",
    provenMore: true,
    mayChange: true,
    totals: { connections: 2, calls: 4 },
  });
  const [row] = await db().select().from(callUsage).where(eq(callUsage.purpose, "payer"));
  expect(asCompany?.totals?.egressBytes).toBeGreaterThanOrEqual(Number(row?.egressBytes));
  expect((await loadUsage(db(), firmOwner.firm)).apps).toMatchObject([{ mayChange: false, totals: null }]);
  await expect(loadUsage(db(), viewer.firm)).rejects.toMatchObject({ code: "forbidden" });
});

test("the tier is the app's owner's to choose, and the timeline says who did", async () => {
  await expect(saveTier(db(), firmOwner, { whose: "company", tier: "plus" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(saveTier(db(), firmOwner, { whose: "firm", tier: "plus" })).rejects.toMatchObject({
    code: "not_found",
  });
  await saveTier(db(), company, { whose: "company", tier: "core" });
  const [app] = await db().select().from(xeroApps);
  expect(app?.tier).toBe("core");
  const events = await db().select().from(auditEvents).where(eq(auditEvents.action, "xero-app.tier-chosen"));
  expect(events).toMatchObject([{ actor: `user:${company.actor.userId}`, detail: { tier: "core" } }]);
});
