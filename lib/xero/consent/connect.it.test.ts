import { and, eq, isNull, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { connections, grants, oauthFlows } from "#db/schema/xero.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import {
  answerAtXero,
  connectFirm,
  newFirm,
  tenants,
  tokenCalls,
  withDemoApp,
  XERO_USER,
} from "#lib/testing/xero/at-xero.ts";
import { withXero } from "../call.ts";
import { disconnect } from "../organisations/disconnect.ts";
import { firstConnection } from "../organisations/pay-connections.ts";
import { loadOffer } from "../organisations/read.ts";
import { startConnect } from "./connect.ts";
import { finishConnect, pickOrganisation } from "./finish-connect.ts";

const db = testDb();
const simulator = testSimulator();

let broker: FirmCaller;
let tenant: { au: string; uk: string; us: string };

beforeAll(async () => {
  broker = await withDemoApp(db(), await newFirm(db()));
  tenant = await tenants(simulator());
});

const newFirmOfBroker = () => newFirm(db(), broker);
const { dana, harriet, ada } = XERO_USER;

async function liveOf({ firm }: FirmCaller) {
  return db()
    .select()
    .from(connections)
    .where(and(eq(connections.firmId, firm.firmId), isNull(connections.endedAt)));
}

/** The query that Xero would send the browser back with, for a Connect of this firm. */
async function allowed(caller: FirmCaller, user: string, organisation: string) {
  const url = await startConnect(db(), caller);
  return Object.fromEntries(await answerAtXero(url, { user, organisations: [organisation] }));
}

test("Q2: the consent screen is asked exactly the app's scopes, PKCE, and one organisation", async () => {
  const url = await startConnect(db(), broker);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: "code",
    redirect_uri: "http://localhost:3000/api/xero/callback",
    scope:
      "openid profile email offline_access accounting.settings.read accounting.contacts accounting.invoices accounting.attachments accounting.payments accounting.banktransactions",
    code_challenge_method: "S256",
    acr_values: "bulk_connect:false",
  });
  expect(url.searchParams.get("state")).toHaveLength(43);
  expect(url.searchParams.get("nonce")).toBeTruthy();
});

test("Q2: after Allow access the firm is connected to the organisation it chose", async () => {
  const caller = await newFirmOfBroker();
  const outcome = await connectFirm(db(), caller, { user: dana, tenantId: tenant.au });
  expect(outcome).toMatchObject({ kind: "connected", again: false });
  const [live] = await liveOf(caller);
  expect(live).toMatchObject({
    tenantId: tenant.au,
    organisationName: "Demo Accountants Pty Ltd",
    shortCode: "!dM0aU",
    baseCurrency: "AUD",
    countryCode: "AU",
    timeZone: "Australia/Sydney",
    state: "healthy",
  });
  const name = await withXero(db(), live?.id ?? "", "sync", async (xero) => (await xero.organisation()).name);
  expect(name).toBe("Demo Accountants Pty Ltd");
  await disconnect(db(), caller, { connectionId: live?.id ?? "", hereOnly: false });
});

describe("O1, Q4: an answer that isn't this browser's own, fresh and unused costs no token request", () => {
  const refused = (why = "state") => ({ kind: "refused", why });

  test.each<
    [
      string,
      (given: { mine: FirmCaller; other: FirmCaller; query: Record<string, string> }) => Promise<unknown>,
    ]
  >([
    ["no state", ({ mine, query: { state: _, ...query } }) => finishConnect(db(), mine, query)],
    ["a wrong state", ({ mine, query }) => finishConnect(db(), mine, { ...query, state: "A".repeat(43) })],
    ["another person's state", ({ other, query }) => finishConnect(db(), other, query)],
    [
      "the same person's state in another session",
      ({ mine, other, query }) =>
        finishConnect(db(), { ...mine, actor: { ...mine.actor, sessionId: other.actor.sessionId } }, query),
    ],
    [
      "an expired state",
      async ({ mine, query }) => {
        await db()
          .update(oauthFlows)
          .set({ expiresAt: sql`now() - interval '1 second'` })
          .where(eq(oauthFlows.userId, mine.actor.userId));
        return finishConnect(db(), mine, query);
      },
    ],
    [
      "a state used before",
      async ({ mine, query }) => {
        await finishConnect(db(), mine, { ...query, code: undefined, error: "access_denied" });
        return finishConnect(db(), mine, query);
      },
    ],
  ])("%s", async (_, attempt) => {
    const [mine, other] = [await newFirmOfBroker(), await newFirmOfBroker()];
    const query = await allowed(mine, dana, tenant.au);
    const before = await tokenCalls(simulator());
    expect(await attempt({ mine, other, query })).toMatchObject(refused());
    expect(await tokenCalls(simulator())).toEqual(before);
    expect(await liveOf(mine)).toEqual([]);
    expect(await liveOf(other)).toEqual([]);
  });

  test("Cancel at Xero is a plain outcome, and stores nothing", async () => {
    const mine = await newFirmOfBroker();
    const before = await tokenCalls(simulator());
    const query = await answerAtXero(await startConnect(db(), mine), { user: dana, cancel: true });
    expect(await finishConnect(db(), mine, Object.fromEntries(query))).toMatchObject(refused("cancelled"));
    expect(await tokenCalls(simulator())).toEqual(before);
    expect(await liveOf(mine)).toEqual([]);
  });

  test("a code that Xero refuses is a plain outcome", async () => {
    const mine = await newFirmOfBroker();
    const query = await allowed(mine, dana, tenant.au);
    expect(await finishConnect(db(), mine, { ...query, code: "made-up" })).toMatchObject(
      refused("xero_refused"),
    );
    expect(await liveOf(mine)).toEqual([]);
  });

  test("an answer lost on the way is told as such", async () => {
    const mine = await newFirmOfBroker();
    const query = await allowed(mine, dana, tenant.au);
    await simulator().control("POST", "/control/faults", {
      method: "POST",
      path: "/connect/token",
      times: 1,
      effect: { kind: "cut-before" },
    });
    expect(await finishConnect(db(), mine, query)).toMatchObject(refused("no_answer"));
    expect(await liveOf(mine)).toEqual([]);
  });
});

test("O2: twenty callbacks with one code cost one token exchange", async () => {
  const mine = await newFirmOfBroker();
  const query = await allowed(mine, dana, tenant.au);
  const before = (await tokenCalls(simulator()))["authorization_code ok"] ?? 0;
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => finishConnect(db(), mine, query)));
  expect(outcomes.filter(({ kind }) => kind === "connected")).toHaveLength(1);
  expect((await tokenCalls(simulator()))["authorization_code ok"]).toBe(before + 1);
  const [live] = await liveOf(mine);
  await disconnect(db(), mine, { connectionId: live?.id ?? "", hereOnly: false });
});

test("O3: an organisation of another firm is refused, and both firms can read of it", async () => {
  const [first, second] = [await newFirmOfBroker(), await newFirmOfBroker()];
  await connectFirm(db(), first, { user: harriet, tenantId: tenant.uk });
  const [before] = await liveOf(first);
  const outcome = await connectFirm(db(), second, { user: ada, tenantId: tenant.uk });
  expect(outcome).toMatchObject({ kind: "refused", why: "taken" });
  expect(await liveOf(second)).toEqual([]);
  expect(await liveOf(first)).toEqual([before]);
  const told = await db().select().from(auditEvents);
  const actions = (firmId: string) =>
    told.filter((event) => event.firmId === firmId).map(({ action }) => action);
  expect(actions(first.firm.firmId)).toContain("connection.refused-elsewhere");
  expect(actions(second.firm.firmId)).toContain("connection.refused");
  const [unused] = await db().select().from(grants).where(eq(grants.xeroUserId, ada));
  expect(unused?.sealedTokens).toBeNull();
  await disconnect(db(), first, { connectionId: before?.id ?? "", hereOnly: false });
});

test("O4, O5: one Xero user's two consents to two firms share one grant, and each gets only its own organisation", async () => {
  const [first, second] = [await newFirmOfBroker(), await newFirmOfBroker()];
  await connectFirm(db(), first, { user: ada, tenantId: tenant.uk });
  await connectFirm(db(), second, { user: ada, tenantId: tenant.us });
  const [one] = await liveOf(first);
  const [two] = await liveOf(second);
  expect([one?.tenantId, two?.tenantId]).toEqual([tenant.uk, tenant.us]);
  expect(one?.grantId).toBe(two?.grantId);
  await simulator().control("POST", "/control/identity/expire-access-tokens", {});
  for (const connection of [one, two, one, two]) {
    const read = await withXero(db(), connection?.id ?? "", "sync", (xero) => xero.organisation());
    expect(read.organisationId).toBe(connection?.tenantId);
  }
  expect((await tokenCalls(simulator()))["refresh_token invalid_grant"]).toBeUndefined();
  await disconnect(db(), second, { connectionId: two?.id ?? "", hereOnly: false });
  const [kept] = await db()
    .select()
    .from(grants)
    .where(eq(grants.id, one?.grantId ?? ""));
  expect(kept?.sealedTokens).not.toBeNull();

  const again = await connectFirm(db(), first, { user: ada, tenantId: tenant.uk });
  expect(again, "Xero lists nothing under a repeated consent's own id").toMatchObject({
    kind: "connected",
    again: true,
  });
  expect((await liveOf(first))[0]?.id).toBe(one?.id);
  await disconnect(db(), first, { connectionId: one?.id ?? "", hereOnly: false });
});

/** The organisations that this Xero user has tied to the demo app, as Xero lists them. */
async function tiedAtXero(user: string): Promise<string[]> {
  const { families } = await simulator().control<{
    families: { userId: string; connections: { tenantId: string }[] }[];
  }>("GET", "/control/identity/grants");
  const theirs = families.filter(({ userId }) => userId === user);
  return theirs.flatMap(({ connections }) => connections.map(({ tenantId }) => tenantId));
}

test("R2: Reconnect refuses another organisation, and leaves no trace of it at Xero", async () => {
  const mine = await newFirmOfBroker();
  await connectFirm(db(), mine, { user: ada, tenantId: tenant.uk });
  const [live] = await liveOf(mine);
  const renew = live?.id ?? "";
  expect(await connectFirm(db(), mine, { user: ada, tenantId: tenant.us, renew })).toMatchObject({
    kind: "refused",
    why: "other_organisation",
  });
  expect((await liveOf(mine)).map(({ tenantId }) => tenantId)).toEqual([tenant.uk]);
  expect(await tiedAtXero(ada)).not.toContain(tenant.us);
  expect(await connectFirm(db(), mine, { user: ada, tenantId: tenant.uk, renew })).toMatchObject({
    kind: "connected",
    again: true,
  });
  expect((await liveOf(mine)).map(({ id }) => id)).toEqual([renew]);
  await disconnect(db(), mine, { connectionId: renew, hereOnly: false });
  await expect(startConnect(db(), mine, renew)).rejects.toMatchObject({ code: "not_found" });
});

test("who chooses a practice at Xero is told so, connects nothing that they did not choose, and leaves none tied there", async () => {
  const mine = await newFirmOfBroker();
  const practice = "5eed0000-0000-4000-9000-000000000001";
  const query = await allowed(mine, dana, practice);
  expect(await tiedAtXero(dana)).toContain(practice);
  expect(await finishConnect(db(), mine, query)).toMatchObject({ kind: "refused", why: "practice" });
  expect(await liveOf(mine)).toEqual([]);
  expect(await tiedAtXero(dana)).not.toContain(practice);
});

test("a firm's dates stay in its organisation's zone after it is disconnected", async () => {
  const mine = await newFirmOfBroker();
  expect(await firstConnection(db(), mine.firm.firmId)).toBeUndefined();
  await connectFirm(db(), mine, { user: dana, tenantId: tenant.au });
  const [live] = await liveOf(mine);
  await disconnect(db(), mine, { connectionId: live?.id ?? "", hereOnly: false });
  expect(await firstConnection(db(), mine.firm.firmId)).toMatchObject({
    ...{ countryCode: "AU", timeZone: live?.timeZone, usable: false },
  });
});

test("C1: a firm adds one organisation after another, and no consent disturbs the ones before", async () => {
  const mine = await newFirmOfBroker();
  await connectFirm(db(), mine, { user: harriet, tenantId: tenant.uk });
  const [first] = await liveOf(mine);
  expect(await connectFirm(db(), mine, { user: ada, tenantId: tenant.us })).toMatchObject({
    kind: "connected",
    again: false,
  });
  expect(await connectFirm(db(), mine, { user: dana, tenantId: tenant.au })).toMatchObject({
    kind: "connected",
  });
  const live = await liveOf(mine);
  expect(live.map(({ tenantId }) => tenantId).sort()).toEqual([tenant.au, tenant.uk, tenant.us].sort());
  expect(live.find(({ id }) => id === first?.id)).toEqual(first);
  for (const { id, tenantId } of live) {
    const read = await withXero(db(), id, "sync", (xero) => xero.organisation());
    expect(read.organisationId).toBe(tenantId);
  }
  await Promise.all(live.map(({ id }) => disconnect(db(), mine, { connectionId: id, hereOnly: false })));
});

test("O4: an adviser's consent for one firm does not name another firm's organisation to it", async () => {
  const [first, second] = [await newFirmOfBroker(), await newFirmOfBroker()];
  await connectFirm(db(), first, { user: ada, tenantId: tenant.uk });
  const consentToAll = async () => {
    const url = await startConnect(db(), second);
    url.searchParams.delete("acr_values");
    const query = await answerAtXero(url, { user: ada, organisations: [tenant.uk, tenant.us, tenant.au] });
    const outcome = await finishConnect(db(), second, Object.fromEntries(query));
    return outcome.kind === "choose" ? outcome.flowId : "";
  };
  // Xero ties the others to the first consent; at the second it says of all three that they changed just now.
  for (const pick of [tenant.us, tenant.au]) {
    const flowId = await consentToAll();
    const offer = await loadOffer(db(), second.actor, { firm: second.firm, flowId });
    expect(offer?.map(({ tenantId }) => tenantId).sort()).toEqual([tenant.au, tenant.us].sort());
    expect(await pickOrganisation(db(), second, { flowId, tenantId: tenant.uk })).toMatchObject({
      kind: "refused",
    });
    expect(await pickOrganisation(db(), second, { flowId, tenantId: pick })).toMatchObject({
      kind: "connected",
    });
  }
  for (const caller of [first, second]) {
    for (const { id } of await liveOf(caller))
      await disconnect(db(), caller, { connectionId: id, hereOnly: false });
  }
});

test("when nothing tells which organisation was meant, the person picks, and only from what was offered", async () => {
  const mine = await newFirmOfBroker();
  const url = await startConnect(db(), mine);
  url.searchParams.delete("acr_values");
  const query = await answerAtXero(url, { user: ada, organisations: [tenant.uk, tenant.us] });
  const outcome = await finishConnect(db(), mine, Object.fromEntries(query));
  expect(outcome.kind).toBe("choose");
  const flowId = outcome.kind === "choose" ? outcome.flowId : "";
  const stranger = await newFirmOfBroker();
  const refused = { kind: "refused", why: "state" };
  expect(await pickOrganisation(db(), stranger, { flowId, tenantId: tenant.uk })).toMatchObject(refused);
  expect(await pickOrganisation(db(), mine, { flowId, tenantId: tenant.au })).toMatchObject(refused);
  expect(await pickOrganisation(db(), mine, { flowId, tenantId: tenant.us })).toMatchObject({
    kind: "connected",
  });
  expect(await pickOrganisation(db(), mine, { flowId, tenantId: tenant.uk })).toMatchObject(refused);
  expect((await liveOf(mine)).map(({ tenantId }) => tenantId)).toEqual([tenant.us]);
  const [live] = await liveOf(mine);
  await disconnect(db(), mine, { connectionId: live?.id ?? "", hereOnly: false });
});

test("Disconnect works when Xero has forgotten us, and changes nothing when Xero can't be reached", async () => {
  const mine = await newFirmOfBroker();
  await connectFirm(db(), mine, { user: ada, tenantId: tenant.uk });
  const [live] = await liveOf(mine);
  const connectionId = live?.id ?? "";
  const fault = { method: "DELETE", path: "/connections", times: 1, effect: { kind: "cut-before" } };
  await simulator().control("POST", "/control/faults", fault);
  await expect(disconnect(db(), mine, { connectionId, hereOnly: false })).rejects.toMatchObject({
    code: "xero_busy",
  });
  expect(await liveOf(mine)).toHaveLength(1);

  await simulator().control("POST", "/control/identity/disconnect", { tenantId: tenant.uk });
  expect(await disconnect(db(), mine, { connectionId, hereOnly: false })).toMatchObject({ atXero: true });
  expect(await liveOf(mine)).toEqual([]);
  const [grant] = await db()
    .select()
    .from(grants)
    .where(eq(grants.id, live?.grantId ?? ""));
  expect(grant?.sealedTokens).toBeNull();
});

test("T1: the tables of a Connect hold no token, secret, state or verifier that a thief could use", async () => {
  const mine = await newFirmOfBroker();
  const query = await allowed(mine, ada, tenant.us);
  await finishConnect(db(), mine, query);
  const tables = ["xero_apps", "grants", "connections", "oauth_flows", "audit_events"];
  const dumps = await Promise.all(
    tables.map((name) =>
      db().execute(sql.raw(`select coalesce(json_agg(t)::text, '') as dump from ${name} t`)),
    ),
  );
  const dump = dumps.map(({ rows }) => String(rows[0]?.dump)).join("\n");
  for (const secret of ["sim-secret-demo", "sim-webhook-key-demo", query.state ?? "", query.code ?? ""]) {
    expect(secret.length).toBeGreaterThan(5);
    expect(dump).not.toContain(secret);
  }
  expect(dump).not.toContain("eyJ");
  const [row] = await db().select().from(grants).where(eq(grants.xeroUserId, ada));
  expect(row?.sealedTokens?.startsWith("v1.t1.")).toBe(true);
});
