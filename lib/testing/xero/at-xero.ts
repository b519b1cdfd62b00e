/** For tests and the demo's seed: a firm with its owner, the demo Xero app, and a person who answers the simulator's consent page. */
import { randomBytes, randomUUID } from "node:crypto";
import { companies, firms, memberships } from "#db/schema/firms.ts";
import { sessions, users } from "#db/schema/people.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { saveXeroApp } from "#lib/xero/apps/save-app.ts";
import { DEFAULT_SCOPES } from "#lib/xero/apps/scopes.ts";
import { startConnect } from "#lib/xero/consent/connect.ts";
import { type ConnectOutcome, finishConnect } from "#lib/xero/consent/finish-connect.ts";
import type { Simulator } from "../simulator-process.ts";

export const DEMO_APP = {
  clientId: "5BC0UNTERF01LDEM0000000000000001",
  clientSecret: "sim-secret-demo",
  webhookKey: "sim-webhook-key-demo",
  scopes: DEFAULT_SCOPES,
};

/** The simulator's people, by whose books they keep. */
export const XERO_USER = {
  dana: "5eed0000-0000-4000-8000-000000000001",
  harriet: "5eed0000-0000-4000-8000-000000000002",
  ada: "5eed0000-0000-4000-8000-000000000003",
  lee: "5eed0000-0000-4000-8000-000000000004",
};

/** A firm with one signed-in owner; of the given company, or of a new one. */
export async function newFirm(db: Db, of?: FirmCaller): Promise<FirmCaller> {
  const slug = `f${randomBytes(5).toString("hex")}`;
  const companyId = of?.firm.companyId ?? randomUUID();
  const [firmId, userId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
  if (!of) await db.insert(companies).values({ id: companyId, slug, name: `Company ${slug}` });
  await db.insert(firms).values({ id: firmId, companyId, slug, name: `Firm ${slug}` });
  const email = `${slug}@example.com`;
  await db.insert(users).values({ id: userId, email, name: `Owner of ${slug}`, passwordHash: "!" });
  await db.insert(memberships).values({ userId, companyId, role: "owner" });
  await db
    .insert(sessions)
    .values({ id: sessionId, tokenHash: slug, userId, expiresAt: new Date(Date.now() + 3_600_000) });
  const actor = { userId, sessionId, name: `Owner of ${slug}`, email };
  return { actor, firm: await requireFirm(db, actor, firmId, "connect"), ip: "192.0.2.1" };
}

export async function withDemoApp(db: Db, caller: FirmCaller): Promise<FirmCaller> {
  await saveXeroApp(db, caller, { whose: "company", input: DEMO_APP });
  return caller;
}

type Answer = { user: string; organisations: string[] } | { user: string; cancel: true };

/** What the browser brings back from Xero after this person answered there: the callback's query. */
export async function answerAtXero(url: URL, answer: Answer): Promise<URLSearchParams> {
  const request = url.searchParams.toString();
  const post = (path: string, fields: [string, string][], cookie = "") =>
    fetch(new URL(path, url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie },
      body: new URLSearchParams(fields),
    });
  const signedIn = await post("/identity/sign-in", [
    ["request", request],
    ["user", answer.user],
  ]);
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const decision: [string, string][] =
    "cancel" in answer ? [["decision", "cancel"]] : [["decision", "allow"]];
  const chosen: [string, string][] =
    "cancel" in answer ? [] : answer.organisations.map((id) => ["tenant", id]);
  const decided = await post(
    "/identity/connect/authorize",
    [["request", request], ...decision, ...chosen],
    cookie,
  );
  const back = decided.headers.get("location");
  if (!back) throw new Error(`Xero did not send the browser back: ${decided.status} ${await decided.text()}`);
  return new URL(back).searchParams;
}

/** Connects a firm the way its owner would; `renew` is the connection whose Reconnect was pressed. */
export async function connectFirm(
  db: Db,
  caller: FirmCaller,
  { user, tenantId, renew }: { user: string; tenantId: string; renew?: string },
): Promise<ConnectOutcome> {
  const url = await startConnect(db, caller, renew);
  const query = await answerAtXero(url, { user, organisations: [tenantId] });
  return finishConnect(db, caller, Object.fromEntries(query));
}

/** The simulated organisations: au, uk, us. Ada keeps the books of all three. */
export async function tenants(simulator: Simulator): Promise<{ au: string; uk: string; us: string }> {
  const { organisations } = await simulator.control<{
    organisations: { tenantId: string; country: string }[];
  }>("GET", "/control/xero/organisations");
  const of = (code: string) => organisations.find(({ country }) => country === code)?.tenantId ?? "";
  return { au: of("AU"), uk: of("GB"), us: of("US") };
}

/** How often the token endpoint was called, by grant type and outcome. */
export async function tokenCalls(simulator: Simulator): Promise<Record<string, number>> {
  const { tokenCalls } = await simulator.control<{
    tokenCalls: { grantType: string; outcome: string; calls: number }[];
  }>("GET", "/control/identity/grants");
  return Object.fromEntries(
    tokenCalls.map(({ grantType, outcome, calls }) => [`${grantType} ${outcome}`, calls]),
  );
}
