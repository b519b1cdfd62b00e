import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { apiKeys, apiRequests } from "#db/schema/api-keys.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { connections } from "#db/schema/xero.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor, warmUp } from "#lib/testing/staff.ts";
import { connectFirm, newFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { disconnect } from "#lib/xero/organisations/disconnect.ts";
import { authenticate } from "./authenticate.ts";
import { logRequest } from "./log-request.ts";
import { makeKey } from "./make-key.ts";
import { listKeys, listRequests } from "./read.ts";
import { revokeKey } from "./revoke-key.ts";

const db = testDb();
const simulator = testSimulator();
let caller: FirmCaller;
let connectionId: string;

beforeAll(async () => {
  caller = await withDemoApp(db(), await newFirm(db()));
  connectionId = await connect((await tenants(simulator())).au);
});
beforeEach(async () => {
  await db().delete(apiRequests);
  await db().delete(apiKeys);
});

async function connect(tenantId: string): Promise<string> {
  await connectFirm(db(), caller, { user: XERO_USER.ada, tenantId });
  const [row] = await db().select().from(connections).where(eq(connections.tenantId, tenantId));
  return row?.id ?? "";
}

const till = () => makeKey(db(), caller, { connectionId, name: "Till", scopes: ["read"] });
const ask = (key: string, from = "192.0.2.7") => authenticate(db(), key, from);
const idOf = async (key: string) =>
  (await listKeys(db(), caller.firm)).find(({ prefix }) => key.startsWith(prefix))?.keyId ?? "";

test("a key opens its own firm and organisation, and says when it was last used", async () => {
  const key = await till();
  expect(await ask(key)).toEqual({
    kind: "known",
    caller: {
      ...{ keyId: await idOf(key), name: "Till", scopes: ["read"] },
      ...{ firmId: caller.firm.firmId, connectionId, organisationName: "Demo Accountants Pty Ltd" },
    },
  });
  expect(await listKeys(db(), caller.firm)).toMatchObject([
    { name: "Till", lastFour: key.slice(-4), madeBy: caller.actor.name, lastUsedAt: expect.any(Date) },
  ]);
});

test("nothing that is kept opens anything: the key itself is in no table, nor in the timeline", async () => {
  const key = await till();
  const [row] = await db().select().from(apiKeys);
  const events = await db().select().from(auditEvents);
  const secret = key.split("_").slice(2).join("_");
  expect(JSON.stringify([row, events.map(({ detail }) => detail)])).not.toContain(secret);
  for (const kept of [row?.keyHash, row?.prefix, `${row?.prefix}_${row?.keyHash.slice(0, 43)}`])
    expect(await ask(kept ?? "")).toEqual({ kind: "unknown" });
});

test("a key that differs in its last letter is unknown, like one that never was", async () => {
  const key = await till();
  const other = `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`;
  expect(await ask(other)).toEqual({ kind: "unknown" });
  expect(await ask(`cfk_abcdefgh_${"x".repeat(43)}`)).toEqual({ kind: "unknown" });
});

test("a revoked key opens nothing from then on, and says so to who has it alone", async () => {
  const key = await till();
  const keyId = await idOf(key);
  expect(await revokeKey(db(), caller, keyId)).toEqual({ name: "Till" });
  expect(await ask(key)).toMatchObject({ kind: "revoked", at: expect.any(Date), caller: { name: "Till" } });
  await expect(revokeKey(db(), caller, keyId)).rejects.toMatchObject({ code: "conflict" });
  const actions = (await db().select().from(auditEvents)).map(
    ({ action, subject }) => `${action} ${subject}`,
  );
  expect(actions).toEqual(
    expect.arrayContaining([`api-key.made api-key:${keyId}`, `api-key.revoked api-key:${keyId}`]),
  );
});

test("two keys of a name live for changing over, never three, however many are asked for at once", async () => {
  await warmUp(db());
  const made = await Promise.allSettled([till(), till(), till(), till()]);
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  await expect(till()).rejects.toMatchObject({ code: "conflict", field: "name" });
  const [first] = await listKeys(db(), caller.firm);
  await revokeKey(db(), caller, first?.keyId ?? "");
  await expect(till()).resolves.toMatch(/^cfk_/);
});

test("only an owner makes or revokes one, for an organisation of their own firm", async () => {
  const key = await till();
  const staff = await makeActor(db(), "Sam Staff", [{ firmId: caller.firm.firmId, role: "staff" }]);
  const asStaff = {
    ...caller,
    actor: staff,
    firm: { ...caller.firm, role: "staff", firmRole: "staff", companyRole: null },
  } as FirmCaller;
  const asked = { connectionId, name: "Shop", scopes: ["read" as const] };
  await expect(makeKey(db(), asStaff, asked)).rejects.toMatchObject({ code: "forbidden" });
  await expect(revokeKey(db(), asStaff, await idOf(key))).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await newFirm(db());
  await expect(makeKey(db(), stranger, asked)).rejects.toMatchObject({ code: "not_found" });
  await expect(revokeKey(db(), stranger, await idOf(key))).rejects.toMatchObject({ code: "conflict" });
  expect((await ask(key)).kind).toBe("known");
});

test("who tries unknown keys is held off, by address; a right key is not", async () => {
  const key = await till();
  for (let tries = 0; tries < 30; tries += 1) await ask("cfk_wrong", "198.51.100.4");
  await expect(ask("cfk_wrong", "198.51.100.4")).rejects.toMatchObject({ code: "too_many" });
  expect(await ask("cfk_wrong", "198.51.100.5")).toEqual({ kind: "unknown" });
  expect((await ask(key, "198.51.100.4")).kind).toBe("known");
});

test("once its organisation is disconnected, a key says that", async () => {
  const own = await connect((await tenants(simulator())).uk);
  const key = await makeKey(db(), caller, { connectionId: own, name: "Shop", scopes: ["read"] });
  await disconnect(db(), caller, { connectionId: own, hereOnly: false });
  expect(await ask(key)).toMatchObject({
    kind: "disconnected",
    caller: { organisationName: "Harbour Books Ltd" },
  });
});

test("staff read what was asked with their own firm's keys, the newest first, and no other firm's", async () => {
  const found = await ask(await till());
  if (found.kind !== "known") throw new Error("The key was not known");
  const asked = { method: "GET", path: `/api/v1/chart?${"x".repeat(600)}`, milliseconds: 3 };
  const said = { sent: null, answered: "{}" };
  await logRequest(db(), found.caller, { ...asked, ...said, requestId: "req_1", status: 200, problem: null });
  // Both within a millisecond would be in no order.
  await db()
    .update(apiRequests)
    .set({ at: sql`${apiRequests.at} - interval '1 second'` });
  await logRequest(db(), found.caller, {
    ...asked,
    ...said,
    requestId: "req_2",
    status: 403,
    problem: "scope-missing",
  });
  expect(await listRequests(db(), caller.firm, 10)).toMatchObject([
    { requestId: "req_2", status: 403, problem: "scope-missing", keyName: "Till" },
    { requestId: "req_1", status: 200, problem: null, path: asked.path.slice(0, 500) },
  ]);
  expect(await listRequests(db(), caller.firm, 1)).toHaveLength(1);
  expect(await listRequests(db(), (await newFirm(db())).firm, 10)).toEqual([]);
});
