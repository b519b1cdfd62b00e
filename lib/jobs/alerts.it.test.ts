import { eq, isNull, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { connections, grants } from "#db/schema/xero.ts";
import { open } from "#lib/core/vault/vault.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor, makeCompany } from "#lib/testing/staff.ts";
import {
  connectFirm,
  DEMO_APP,
  tenants,
  tokenCalls,
  withDemoApp,
  XERO_USER,
} from "#lib/testing/xero/at-xero.ts";
import { noteContact, noteUnreachable } from "#lib/xero/organisations/connections.ts";
import { freshAccessToken } from "#lib/xero/tokens/refresh.ts";
import {
  alertAppRefused,
  alertAskedFor,
  alertConnectionChanged,
  alertGrantLost,
  alertSilences,
} from "./alerts.ts";

const db = testDb();
const simulator = testSimulator();

const SINCE = "2026-11-21T10:00:00.000Z";

type Told = { to: string[]; subject: string; text: string };

/** Letters to this person, newest first. */
async function lettersTo(email: string): Promise<Told[]> {
  const { messages } = await simulator().control<{ messages: Told[] }>("GET", "/control/mail");
  return messages.filter(({ to }) => to.includes(email));
}

/** The access token that a grant holds: refused by Xero, as it were. */
async function heldBy(grantId: string): Promise<string> {
  const [row] = await db().select().from(grants).where(eq(grants.id, grantId));
  const at = { table: "grants", row: grantId, column: "sealed_tokens" };
  return row?.sealedTokens
    ? (JSON.parse(open(row.sealedTokens, at)) as { accessToken: string }).accessToken
    : "";
}

let count = 0;

/** A company with two firms that one adviser's consent serves, an owner of each and of the company. */
async function adviserDesk(keeperOfUk = XERO_USER.ada, keeperOfUs = XERO_USER.ada) {
  count += 1;
  const slug = `advised${count}`;
  const { companyId, firmIds } = await makeCompany(db(), slug, ["books", "tax"]);
  const [booksId, taxId] = [firmIds.books ?? "", firmIds.tax ?? ""];
  const boss = await makeActor(db(), `Boss ${slug}`, [{ companyId, role: "owner" }]);
  const anna = await makeActor(db(), `Anna ${slug}`, [{ firmId: booksId, role: "owner" }]);
  const theo = await makeActor(db(), `Theo ${slug}`, [{ firmId: taxId, role: "owner" }]);
  const callers = await Promise.all(
    [booksId, taxId].map(async (firmId) => ({
      actor: boss,
      firm: await requireFirm(db(), boss, firmId, "connect"),
      ip: null,
    })),
  );
  const { uk, us } = await tenants(simulator());
  for (const [index, tenantId] of [uk, us].entries()) {
    const caller = callers[index];
    if (!caller) throw new Error("no caller");
    await withDemoApp(db(), caller);
    await connectFirm(db(), caller, { user: index === 0 ? keeperOfUk : keeperOfUs, tenantId });
  }
  const live = await db().select().from(connections).where(isNull(connections.endedAt));
  const of = (firmId: string) => live.find((row) => row.firmId === firmId);
  return { boss, anna, theo, books: of(booksId), tax: of(taxId) };
}

beforeEach(async () => {
  await simulator().control("POST", "/control/reset", { seed: "demo" });
  return () => db().update(connections).set({ endedAt: new Date() }).where(isNull(connections.endedAt));
});

test("staff get one letter for a change of state, however often it is told, and one when it works again", async () => {
  const { anna, theo, books } = await adviserDesk();
  const change = { connectionId: books?.id ?? "", since: SINCE };
  await alertConnectionChanged(db(), { ...change, state: "disconnected" });
  await alertConnectionChanged(db(), { ...change, state: "disconnected" });
  await alertConnectionChanged(db(), { ...change, state: "healthy" });
  const letters = await lettersTo(anna.email);
  expect(letters.map(({ subject }) => subject)).toEqual([
    "books: Harbour Books Ltd works again.",
    "books: Harbour Books Ltd was disconnected inside Xero.",
  ]);
  expect(await lettersTo(theo.email)).toEqual([]);
});

test("a lost consent of an adviser is one letter a person, and names to each only their own organisations", async () => {
  const { boss, anna, theo, books } = await adviserDesk();
  await alertGrantLost(db(), { grantId: books?.grantId ?? "", since: SINCE });
  const [annas, theos, bosss] = await Promise.all([anna, theo, boss].map(({ email }) => lettersTo(email)));
  expect(annas).toHaveLength(1);
  expect(annas?.[0]?.text).toContain("Harbour Books Ltd");
  expect(annas?.[0]?.text).not.toContain("Lakeview");
  expect(theos).toHaveLength(1);
  expect(theos?.[0]?.text).not.toContain("Harbour");
  expect(bosss).toHaveLength(1);
  expect(bosss?.[0]?.text).toContain("Harbour Books Ltd");
  expect(bosss?.[0]?.text).toContain("Lakeview Tax LLC");
});

test("a secret that Xero refuses is told once a person, for all grants of the app, and Xero is asked once", async () => {
  const { boss, anna, books, tax } = await adviserDesk(XERO_USER.harriet, XERO_USER.ada);
  expect(books?.grantId).not.toBe(tax?.grantId);
  await simulator().control("PUT", `/control/apps/${DEMO_APP.clientId}`, { secret: "changed-at-xero" });
  const before = await tokenCalls(simulator());
  for (const row of [books, tax, books])
    await freshAccessToken(db(), row?.grantId ?? "", await heldBy(row?.grantId ?? "")).catch(() => {});
  const refused = (calls: Record<string, number>) => calls["refresh_token invalid_client"] ?? 0;
  expect(refused(await tokenCalls(simulator())) - refused(before)).toBe(1);
  const { rows } = await db().execute<{ data: { appId: string; since: string } }>(
    sql`select data from queue.job where name = 'xero.app-refused' and state = 'created'`,
  );
  expect(rows).toHaveLength(1);
  for (const { data } of rows) await alertAppRefused(db(), data);
  const [letter, ...more] = await lettersTo(boss.email);
  expect(more).toEqual([]);
  expect(letter?.text).toContain("Harbour Books Ltd can't be reached");
  expect(letter?.text).toContain("Lakeview Tax LLC can't be reached");
  expect(await lettersTo(anna.email)).toHaveLength(1);
});

test("Xero staying away is told once, after a quarter of an hour, for all organisations together", async () => {
  const { boss, books, tax } = await adviserDesk();
  for (const row of [books, tax]) await noteUnreachable(db(), row?.id ?? "");
  await alertSilences(db(), new Date());
  expect(await lettersTo(boss.email)).toEqual([]);
  await db()
    .update(connections)
    .set({ unreachableSince: new Date(Date.now() - 16 * 60_000) })
    .where(isNull(connections.endedAt));
  await alertSilences(db(), new Date());
  await alertSilences(db(), new Date());
  const letters = await lettersTo(boss.email);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain("Harbour Books Ltd gets no answer from Xero.");
  expect(letters[0]?.text).toContain("Lakeview Tax LLC gets no answer from Xero.");

  await noteContact(db(), tax?.id ?? "");
  await alertSilences(db(), new Date());
  await alertSilences(db(), new Date());
  const [back, ...more] = await lettersTo(boss.email);
  expect(back?.subject).toBe("tax: Lakeview Tax LLC is answered by Xero again.");
  expect(more, "the one that is still silent is not told of again").toHaveLength(1);
});

test("O3: the firm that has an organisation hears once a day that another asked for it, and not who", async () => {
  const { anna, theo, books } = await adviserDesk();
  const now = new Date("2026-11-21T10:00:00Z");
  await alertAskedFor(db(), { connectionId: books?.id ?? "" }, now);
  await alertAskedFor(db(), { connectionId: books?.id ?? "" }, new Date(now.getTime() + 3_600_000));
  const letters = await lettersTo(anna.email);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain("was asked for by another firm on this desk, and refused");
  expect(letters[0]?.text).not.toContain("tax");
  expect(await lettersTo(theo.email)).toEqual([]);
  const [row] = await db()
    .select()
    .from(connections)
    .where(eq(connections.id, books?.id ?? ""));
  expect(row?.state).toBe("healthy");
});
