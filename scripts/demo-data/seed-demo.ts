/**
 * The demonstration's people, firms and settings: company quickfee with firms demo (not connected yet: that is the first
 * thing to do) and harbour (connected). Goes through the same verbs as the pages, and Xero's consent over HTTP.
 * Run by scripts/demo-data/seed.ts with the environment of web and worker. When there are people already it only tells the
 * simulator where the desk is today.
 */
import { xeroApps } from "#db/schema/xero.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { addFirm, createCompany } from "#lib/firms/create.ts";
import { insertMembership } from "#lib/firms/member-store.ts";
import { savePrivacy, saveProfile } from "#lib/firms/save-settings.ts";
import type { Actor } from "#lib/people/actor.ts";
import { createUser } from "#lib/people/create-user.ts";
import { needsSetUp } from "#lib/people/read.ts";
import { findSession, openSession } from "#lib/people/sessions.ts";
import { getUserByEmail } from "#lib/people/store.ts";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { currentAccountId } from "#lib/processor/read.ts";
import { saveAccount, webhookUrl } from "#lib/processor/save-account.ts";
import { saveWebhookSecret } from "#lib/processor/webhooks/save-webhook-secret.ts";
import { connectFirm, DEMO_APP, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { appForFirm } from "#lib/xero/apps/apps.ts";
import { saveXeroApp } from "#lib/xero/apps/save-app.ts";
import { listClearingChoices, setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "./demo-facts.ts";

const simulator = env().SIMULATOR_URL ?? "";

async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(simulator + path, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function owner(): Promise<Actor> {
  const user = await getUserByEmail(db(), DEMO_PEOPLE.broker);
  const token = await openSession(db(), user?.id ?? "", { ip: null, userAgent: "seed" });
  const actor = await findSession(db(), token);
  if (!actor) throw new Error("A session was opened and not found");
  return actor;
}

async function callerAt(actor: Actor, firmSlug: string): Promise<FirmCaller> {
  return {
    actor,
    firm: await requireFirm(db(), actor, { companySlug: "quickfee", firmSlug }, "settings"),
    ip: null,
  };
}

async function people(): Promise<void> {
  const person = (email: string, name: string) => createUser(db(), { email, name, password: DEMO_PASSWORD });
  const companyId = await createCompany(db(), { slug: "quickfee", name: "QuickFee" });
  const broker = await person(DEMO_PEOPLE.broker, "Ada Novak");
  const dana = await person(DEMO_PEOPLE.demoOwner, "Dana Reyes");
  const harriet = await person(DEMO_PEOPLE.harbourOwner, "Harriet Cole");
  const viewer = await person("viewer@demo-accountants.example", "Vic Moreau");
  const demoId = await addFirm(db(), { companyId, slug: "demo", name: "Demo Accountants", by: null });
  const harbourId = await addFirm(db(), { companyId, slug: "harbour", name: "Harbour Books", by: null });
  await insertMembership(db(), { firmId: null, companyId, userId: broker, role: "owner" });
  await insertMembership(db(), { firmId: demoId, companyId: null, userId: dana, role: "owner" });
  await insertMembership(db(), { firmId: demoId, companyId: null, userId: viewer, role: "viewer" });
  await insertMembership(db(), { firmId: harbourId, companyId: null, userId: harriet, role: "owner" });
}

/** What the firm keeps from its QSOP days is listed beside the app that is used now. */
async function xeroApp(caller: FirmCaller): Promise<void> {
  await saveXeroApp(db(), caller, { whose: "company", input: DEMO_APP });
  await db().insert(xeroApps).values({
    companyId: caller.firm.companyId,
    kind: "oauth1",
    name: "QSOP (OAuth 1.0a)",
    clientId: "QSOP0LDC0NSUMERKEY0000000000",
    scopes: "",
  });
}

/** The desk's address is another when its port was taken: Xero hears where to send people and webhooks today. */
async function tellXeroOurAddress(caller: FirmCaller): Promise<void> {
  const app = await appForFirm(db(), caller.firm);
  await control("PUT", `/control/apps/${DEMO_APP.clientId}`, {
    redirectUris: [`${env().PUBLIC_ORIGIN}/api/xero/callback`],
    webhookUrl: `${env().PUBLIC_ORIGIN}/api/xero/webhook/${app?.appId}`,
    webhookKey: DEMO_APP.webhookKey,
  });
}

/** Stripe can't reach localhost, so its events come as `stripe listen` would bring them. */
async function listen(caller: FirmCaller, secretKey: string): Promise<void> {
  const accountId = await currentAccountId(db(), caller.firm.firmId);
  const { secret } = await control<{ secret: string }>("POST", "/control/stripe/listen", {
    apiKey: secretKey,
    forwardTo: webhookUrl(accountId ?? ""),
  });
  await saveWebhookSecret(db(), caller, { secret });
}

async function connectHarbour(caller: FirmCaller): Promise<void> {
  const { organisations } = await control<{ organisations: { tenantId: string; country: string }[] }>(
    "GET",
    "/control/xero/organisations",
  );
  const tenantId = organisations.find((organisation) => organisation.country === "GB")?.tenantId ?? "";
  const outcome = await connectFirm(db(), caller, { user: XERO_USER.harriet, tenantId });
  if (outcome.kind !== "connected") throw new Error(`Harbour was not connected: ${JSON.stringify(outcome)}`);
  const [connection] = await payConnections(db(), caller.firm.firmId);
  if (!connection) throw new Error("Harbour has no connection");
  const choices = await listClearingChoices(db(), caller.firm, connection.connectionId);
  const clearing = choices.find((choice) => /clearing/i.test(choice.name)) ?? choices[0];
  await setClearingAccount(db(), caller, {
    connectionId: connection.connectionId,
    accountId: clearing?.accountId ?? "",
  });
}

const isNew = await needsSetUp(db());
if (isNew) await people();
const actor = await owner();
const [demo, harbour] = [await callerAt(actor, "demo"), await callerAt(actor, "harbour")];
if (isNew) {
  await saveProfile(db(), demo, {
    name: "Demo Accountants",
    accent: null,
    supportEmail: "accounts@demo-accountants.example",
    supportPhone: "+61 2 5550 0100",
    logo: { kind: "keep" },
  });
  await savePrivacy(db(), demo, { privacy: "open", understood: true });
  await saveProfile(db(), harbour, {
    name: "Harbour Books",
    accent: "#1d4f7a",
    supportEmail: "hello@harbour-books.example",
    supportPhone: null,
    logo: { kind: "keep" },
  });
  await xeroApp(demo);
  await saveAccount(db(), demo, { secretKey: "sk_test_demo_accountants" });
  await saveAccount(db(), harbour, { secretKey: "sk_test_harbour_books" });
  // The simulated organisations are no demo companies of Xero's: their books are told apart by this choice, as real ones are.
  for (const firm of [demo, harbour]) await allowTestPayments(db(), firm, { allowed: true });
}
await tellXeroOurAddress(demo);
await listen(demo, "sk_test_demo_accountants");
await listen(harbour, "sk_test_harbour_books");
if (isNew) await connectHarbour(harbour);
await closeQueue();
await closeDb();
