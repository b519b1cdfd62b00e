import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { acceptAmounts } from "#lib/checkout/accept-amounts.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { HANDLERS } from "#lib/jobs/registry.ts";
import { testDb } from "#lib/testing/database.ts";
import { begin, commit, type Desk, openDesk, pageOf } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { invoiceInXero } from "#lib/testing/truth/truth.ts";
import { appOf, bell, counting } from "#lib/testing/xero/ringing.ts";
import { organisationConnected } from "#lib/xero/jobs.ts";
import { setAutoSync } from "#lib/xero/organisations/auto-sync.ts";
import { connectionsDue } from "./due.ts";
import { delta } from "./jobs.ts";
import { findByIds } from "./read.ts";
import { processInbox } from "./webhooks/process-inbox.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let connectionId: string;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  connectionId = desk.books.connectionId;
});

const turn = (on: boolean) => setAutoSync(db(), desk.caller, { connectionId, on });
const job = (name: string) => HANDLERS.find((handler) => handler.name === name);
const edit = (total: string) =>
  simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: "INV-2013", total },
  });
const shown = async () => {
  const { id } = await invoiceInXero(simulator(), desk.tenantId, "INV-2013");
  return (await findByIds(db(), connectionId, [id]))[0]?.totalMinor;
};

test("turned off, nothing is read of its own accord, whoever asks: schedule, waiting job, webhook", async () => {
  await turn(false);
  await edit("500.00");
  const calls = await counting(simulator(), "/api.xro/2.0/*");
  await db().execute(sql`update sync_cursors set due_at = now() - interval '1 second'`);
  expect(await connectionsDue(db())).toEqual([]);
  await job(delta.name)?.run(db(), { connectionId });
  const appId = await appOf(db(), connectionId);
  const door = bell(db(), appId);
  const { id: resourceId } = await invoiceInXero(simulator(), desk.tenantId, "INV-2013");
  await door.ring(door.body({ tenantId: desk.tenantId, resourceId }));
  await processInbox(db(), appId);
  expect(await calls()).toBe(0);
  const { rows } = await db().execute(sql`select 1 from webhook_inbox where processed_at is null`);
  expect(rows).toEqual([]);
  expect(await shown()).not.toBe(50_000n);
});

test("pay links still work: the commit reads the invoice, and the payer is told the new amount", async () => {
  const token = await begin(desk, { number: "INV-2013", amount: "1010.00" });
  expect(await commit(desk, token)).toMatchObject({ kind: "changed" });
  await acceptAmounts(db(), await pageOf(desk, token), null);
  expect(await commit(desk, token)).toMatchObject({ kind: "pay" });
});

test("turned on again, what changed meanwhile is read", async () => {
  await edit("650.00");
  await db().execute(sql`delete from queue.job`);
  await turn(true);
  const { rows } = await db().execute(
    sql`select data from queue.job where name = ${organisationConnected.name} and state < 'completed'`,
  );
  expect(rows).toContainEqual({ data: { connectionId } });
  await job(organisationConnected.name)?.run(db(), { connectionId });
  expect(await shown()).toBe(65_000n);
});

test("only who may change settings may turn it, for the firm's own connection, and the timeline tells of it once", async () => {
  const { firm } = desk.caller;
  const actor = await makeActor(db(), "Vic Viewer", [{ firmId: firm.firmId, role: "staff" }]);
  await expect(async () => {
    const asStaff = await requireFirm(db(), actor, firm.firmId, "see");
    await setAutoSync(db(), { actor, firm: asStaff, ip: null }, { connectionId, on: false });
  }).rejects.toThrow();
  const other = await openDesk(db(), simulator(), { country: "uk", backfill: false });
  await expect(setAutoSync(db(), other.caller, { connectionId, on: false })).rejects.toMatchObject({
    code: "not_found",
  });
  await turn(true);
  const told = await db()
    .select({ action: auditEvents.action })
    .from(auditEvents)
    .where(eq(auditEvents.subject, `connection:${connectionId}`));
  expect(told.map(({ action }) => action).filter((action) => action.startsWith("auto-sync"))).toEqual([
    "auto-sync.off",
    "auto-sync.on",
  ]);
});
