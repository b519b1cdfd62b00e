import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { and, eq, isNull, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { connections, grants, xeroApps } from "#db/schema/xero.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { startProgram } from "#lib/testing/program.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { connectFirm, newFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { withXero } from "../call.ts";
import { disconnect } from "../organisations/disconnect.ts";
import { loadConnections, loadXeroApps } from "../organisations/read.ts";
import { freshAccessToken, keepAlive } from "../tokens/refresh.ts";
import { saveXeroApp } from "./save-app.ts";
import { saveCustomConnection } from "./save-custom-connection.ts";
import { CUSTOM_SCOPES, DEFAULT_SCOPES } from "./scopes.ts";

const db = testDb();
const simulator = testSimulator();

let caller: FirmCaller;
let input: { clientId: string; clientSecret: string; webhookKey: string; scopes: string };
let tenantId: string;

beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await db().update(connections).set({ endedAt: sql`now()` }).where(isNull(connections.endedAt));
  caller = await newFirm(db());
  tenantId = (await tenants(simulator())).us;
  input = {
    clientId: randomBytes(16).toString("hex").toUpperCase(),
    clientSecret: `CANARY-${randomBytes(12).toString("hex")}`,
    webhookKey: "",
    scopes: CUSTOM_SCOPES,
  };
  await atXero({ secret: input.clientSecret, custom: { tenantId, scopes: CUSTOM_SCOPES.split(" ") } });
});

const atXero = (edit: object) =>
  simulator().control("PUT", `/control/apps/${input.clientId}`, { kind: "custom", name: "Own", ...edit });

const save = (over: Partial<typeof input> = {}) => saveCustomConnection(db(), caller, { ...input, ...over });

const story = async () => (await loadConnections(db(), caller.firm)).live;

async function held() {
  const [row] = await db()
    .select({ grant: grants, connectionId: connections.id })
    .from(grants)
    .innerJoin(xeroApps, eq(xeroApps.id, grants.appId))
    .leftJoin(connections, and(eq(connections.grantId, grants.id), isNull(connections.endedAt)))
    .where(eq(xeroApps.clientId, input.clientId));
  return { grantId: row?.grant.id ?? "", connectionId: row?.connectionId ?? "", grant: row?.grant };
}

const stored = () => db().select().from(xeroApps).where(eq(xeroApps.clientId, input.clientId));

const tokensAsked = async (outcome = "ok") => {
  const { tokenCalls } = await simulator().control<{
    tokenCalls: { clientId: string; grantType: string; outcome: string; calls: number }[];
  }>("GET", "/control/identity/grants");
  const of = tokenCalls.filter((call) => call.clientId === input.clientId && call.outcome === outcome);
  return of.reduce((sum, { calls }) => sum + calls, 0);
};

const expire = async () =>
  db()
    .update(grants)
    .set({ accessExpiresAt: sql`now() - interval '1 second'` })
    .where(eq(grants.id, (await held()).grantId));

/** What five callers in a process of their own got. */
async function tokensOfProcess(grantId: string): Promise<(string | null)[]> {
  const child = startProgram("lib/xero/tokens/refresh.child.ts", [grantId, "5"]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "close");
  return JSON.parse(output.split("\n")[1] ?? "") as (string | null)[];
}

test("G1: a firm saves its custom connection, and that connects its one organisation, without anybody's consent", async () => {
  expect(await save()).toEqual({ organisationName: "Lakeview Tax LLC", again: false });
  expect(await story()).toMatchObject([
    {
      organisationName: "Lakeview Tax LLC",
      state: "healthy",
      grantKind: "client_credentials",
      consentedBy: null,
    },
  ]);
  const { connectionId, grant } = await held();
  expect(grant).toMatchObject({ xeroUserId: null, sealedPreviousRefresh: null, scopes: CUSTOM_SCOPES });
  const organisation = await withXero(db(), connectionId, "sync", (xero) => xero.organisation());
  expect(organisation.organisationId).toBe(tenantId);
  expect((await loadXeroApps(db(), caller.firm)).apps).toMatchObject([
    { kind: "custom", clientId: input.clientId, organisationName: "Lakeview Tax LLC", secretSet: true },
  ]);
});

test("T1: neither its secret nor its token can be read from the tables", async () => {
  await save();
  const { grantId } = await held();
  const accessToken = await freshAccessToken(db(), grantId);
  const { rows } = await db().execute<{ t: string }>(
    sql`select (select json_agg(a)::text from xero_apps a) || (select json_agg(g)::text from grants g)
      || (select json_agg(e)::text from audit_events e) as t`,
  );
  expect(rows[0]?.t).not.toContain(input.clientSecret);
  expect(rows[0]?.t).not.toContain(accessToken.split(".")[2]);
});

describe("G2: a save that Xero refuses names the field at fault, and keeps nothing", () => {
  const refusal = async (over: Partial<typeof input> = {}) => {
    const error = await save(over).then(
      () => undefined,
      (thrown: { code: string; field?: string; message: string }) => thrown,
    );
    expect(await story()).toEqual([]);
    return error;
  };
  const kept = async (clientId = input.clientId) =>
    db().select().from(xeroApps).where(eq(xeroApps.clientId, clientId));

  test("a wrong secret", async () => {
    expect(await refusal({ clientSecret: "wrong" })).toMatchObject({
      field: "clientSecret",
      message: expect.stringContaining("invalid_client"),
    });
    expect(await kept()).toEqual([]);
  });

  test("what is no client id at all", async () => {
    expect(await refusal({ clientId: "not one" })).toMatchObject({ field: "clientId" });
  });

  test("a web app's client id here, and a custom connection's among web apps", async () => {
    const web = { clientId: "5BC0UNTERF01LDEM0000000000000001", clientSecret: "sim-secret-demo" };
    expect(await refusal(web)).toMatchObject({
      field: "clientId",
      message: expect.stringMatching(/unauthorized_client.*web app/),
    });
    expect(await kept(web.clientId)).toEqual([]);
    const asWeb = saveXeroApp(db(), caller, { whose: "firm", input: { ...input, scopes: DEFAULT_SCOPES } });
    await expect(asWeb).rejects.toMatchObject({
      field: "clientId",
      message: expect.stringContaining("of a custom connection"),
    });
  });

  test("every scope that was not ticked at Xero, by name", async () => {
    await atXero({ custom: { tenantId, scopes: ["accounting.settings.read", "accounting.contacts"] } });
    expect(await refusal()).toMatchObject({
      field: "scopes",
      message: expect.stringContaining(
        "doesn't have accounting.invoices, accounting.attachments, accounting.payments, accounting.banktransactions (invalid_scope)",
      ),
    });
    expect(await kept()).toEqual([]);
  });

  test("a scope that the desk can't do without, before Xero is asked", async () => {
    const scopes = "accounting.settings.read accounting.contacts.read accounting.invoices";
    expect(await refusal({ scopes })).toMatchObject({
      field: "scopes",
      message: expect.stringContaining("Add accounting.payments"),
    });
    expect(await tokensAsked()).toBe(0);
  });

  test("an organisation that has not authorised it", async () => {
    await simulator().control("POST", "/control/identity/disconnect", { tenantId, clientId: input.clientId });
    expect(await refusal()).toMatchObject({
      field: "clientId",
      message: expect.stringContaining("not authorised"),
    });
  });

  test("Xero out of reach is no verdict", async () => {
    await simulator().control("POST", "/control/faults", {
      path: "/connect/token",
      effect: { kind: "cut-before" },
    });
    expect(await refusal()).toMatchObject({ code: "xero_busy", field: undefined });
    await simulator().control("DELETE", "/control/faults");
    await simulator().control("POST", "/control/faults", {
      path: "/api.xro/2.0/Organisation",
      effect: { kind: "cut-before" },
    });
    expect(await refusal()).toMatchObject({ code: "xero_busy" });
    expect(await kept()).toEqual([]);
  });

  test("an organisation that another firm has", async () => {
    const other = await withDemoApp(db(), await newFirm(db()));
    await connectFirm(db(), other, { user: XERO_USER.lee, tenantId });
    expect(await refusal()).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("in use elsewhere"),
    });
    expect(await kept()).toEqual([]);
  });
});

describe("T5: its token is asked for anew when the old one ends", () => {
  test("twenty callers at once: one token call", async () => {
    await save();
    const { grantId } = await held();
    await expire();
    const before = await tokensAsked();
    const got = await Promise.all(Array.from({ length: 20 }, () => freshAccessToken(db(), grantId)));
    expect(new Set(got).size).toBe(1);
    expect(await tokensAsked()).toBe(before + 1);
  });

  test("four processes at once: one token call", async () => {
    await save();
    const { grantId } = await held();
    await expire();
    const before = await tokensAsked();
    const latency = { path: "/connect/token", effect: { kind: "latency", ms: 1_500 } };
    await simulator().control("POST", "/control/faults", latency);
    const got = await Promise.all([1, 2, 3, 4].map(() => tokensOfProcess(grantId)));
    expect(new Set(got.flat()).size).toBe(1);
    expect(got.flat()).not.toContain(null);
    expect(await tokensAsked()).toBe(before + 1);
  }, 60_000);

  test("an answer that was lost costs nothing: the next call asks again", async () => {
    await save();
    const { grantId, connectionId } = await held();
    await expire();
    await simulator().control("POST", "/control/faults", {
      path: "/connect/token",
      times: 1,
      effect: { kind: "cut-after" },
    });
    await expect(freshAccessToken(db(), grantId)).rejects.toMatchObject({ fault: { kind: "no_answer" } });
    await withXero(db(), connectionId, "sync", (xero) => xero.organisation());
    expect((await held()).grant).toMatchObject({ state: "active", refreshTriedAt: null });
  });

  test("a token that Xero stopped taking is replaced within the call", async () => {
    await save();
    await simulator().control("POST", "/control/identity/expire-access-tokens", { clientId: input.clientId });
    const { connectionId } = await held();
    await withXero(db(), connectionId, "sync", (xero) => xero.organisation());
    expect(await story()).toMatchObject([{ state: "healthy" }]);
  });

  test("nothing lapses while nobody uses it, so nothing is kept alive", async () => {
    await save();
    const { grantId } = await held();
    await db()
      .update(grants)
      .set({ rotatedAt: sql`now() - interval '70 days'`, accessExpiresAt: sql`now() - interval '70 days'` })
      .where(eq(grants.id, grantId));
    const before = await tokensAsked();
    await keepAlive(db());
    expect(await tokensAsked()).toBe(before);
    expect(await freshAccessToken(db(), grantId)).toBeTruthy();
  });
});

test("G1: a secret that was changed at Xero is told, with its cure; saving the current one heals", async () => {
  await save();
  const { connectionId } = await held();
  await atXero({ secret: "another" });
  await expire();
  const organisation = () => withXero(db(), connectionId, "sync", (xero) => xero.organisation());
  await expect(organisation()).rejects.toMatchObject({ fault: { kind: "needs_reconnect" } });
  expect(await story()).toMatchObject([{ state: "needs_reconnect", reason: "app_refused" }]);
  expect(await save({ clientSecret: "another" })).toEqual({
    organisationName: "Lakeview Tax LLC",
    again: true,
  });
  expect((await organisation()).organisationId).toBe(tenantId);
  expect(await story()).toHaveLength(1);
});

test("G1: withdrawn inside Xero it says so; authorised again and saved with the secret on file it goes on", async () => {
  await save();
  const { connectionId } = await held();
  const organisation = () => withXero(db(), connectionId, "sync", (xero) => xero.organisation());
  await simulator().control("POST", "/control/identity/disconnect", { tenantId, clientId: input.clientId });
  await expire();
  await expect(organisation()).rejects.toMatchObject({ fault: { kind: "needs_reconnect" } });
  expect(await story()).toMatchObject([{ state: "needs_reconnect", reason: "custom_refused" }]);
  await atXero({ custom: { tenantId, scopes: CUSTOM_SCOPES.split(" ") } });
  await save({ clientSecret: "" });
  expect((await organisation()).organisationId).toBe(tenantId);
});

test("G1: disconnected inside Xero while its token lives is found out by the next call", async () => {
  await save();
  const { connectionId } = await held();
  await simulator().control("POST", "/control/identity/disconnect", { tenantId, clientId: input.clientId });
  await expect(withXero(db(), connectionId, "sync", (xero) => xero.organisation())).rejects.toMatchObject({
    fault: { kind: "disconnected" },
  });
  expect(await story()).toMatchObject([{ state: "disconnected" }]);
});

test("G1: Disconnect forgets its tokens and its secret here, and says that Xero still has it", async () => {
  await save();
  const { connectionId, grantId } = await held();
  expect(await disconnect(db(), caller, { connectionId, hereOnly: false })).toMatchObject({
    atXero: false,
    isCustom: true,
  });
  expect((await held()).grant).toMatchObject({ sealedTokens: null });
  expect(await stored()).toMatchObject([{ sealedClientSecret: null, sealedWebhookKey: null }]);
  await expect(freshAccessToken(db(), grantId)).rejects.toMatchObject({ fault: { kind: "needs_reconnect" } });
  await expect(save({ clientSecret: "" })).rejects.toMatchObject({ field: "clientSecret" });
  expect(await save()).toMatchObject({ again: true });
});

test("a custom connection is its firm's alone: the company's other firms don't see it, and can't keep its id from it", async () => {
  await save();
  const sibling = await newFirm(db(), caller);
  expect((await loadXeroApps(db(), sibling.firm)).apps).toEqual([]);
  await expect(saveCustomConnection(db(), sibling, input)).rejects.toMatchObject({ code: "conflict" });
  expect(await stored()).toHaveLength(1);
});
