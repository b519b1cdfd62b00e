import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { grants, xeroApps } from "#db/schema/xero.ts";
import { env } from "#lib/core/env.ts";
import { rotateVault } from "#lib/core/vault/rotate-vault.ts";
import { seal } from "#lib/core/vault/vault.ts";
import { testDb } from "#lib/testing/database.ts";
import { waitingForLocks } from "#lib/testing/locks.ts";
import { newFirm } from "#lib/testing/xero/at-xero.ts";
import { webhookKeyOf } from "#lib/xero/apps/apps.ts";
import { getGrant } from "#lib/xero/tokens/grants.ts";
import { ALL_SEALED_COLUMNS } from "./sealed-columns.ts";

const db = testDb();
const ROWS = 240;

const key = (name: string, byte: number) => `${name}:${Buffer.alloc(32, byte).toString("base64")}`;
const useKeys = (...keys: string[]) => Object.assign(env(), { VAULT_KEYS: keys.join(",") });
const [OLD, NEW] = [key("old", 1), key("new", 2)];

let firm: { firmId: string; companyId: string };

beforeAll(async () => {
  ({ firm } = await newFirm(db()));
});

/** Apps with a webhook key, and a grant with tokens for each, sealed by the old key. */
beforeEach(async () => {
  useKeys(OLD);
  await db().delete(grants);
  await db().delete(xeroApps);
  for (let at = 0; at < ROWS; at += 1) {
    const [appId, grantId] = [randomUUID(), randomUUID()];
    const { firmId, companyId } = firm;
    const app = { companyId, firmId, kind: "custom" as const, name: "x", clientId: `${at}`, scopes: "" };
    const place = { table: "xero_apps", row: appId, column: "sealed_webhook_key" };
    await db()
      .insert(xeroApps)
      .values({ ...app, id: appId, sealedWebhookKey: seal(`key ${appId}`, place) });
    const tokens = JSON.stringify({ accessToken: `access ${grantId}`, refreshToken: "r" });
    await db()
      .insert(grants)
      .values({
        id: grantId,
        appId,
        xeroUserId: "u",
        scopes: "",
        sealedTokens: seal(tokens, { table: "grants", row: grantId, column: "sealed_tokens" }),
      });
  }
});

async function underOldKey(): Promise<number> {
  let count = 0;
  for (const { table, column } of ALL_SEALED_COLUMNS) {
    const { rows } = await db().execute<{ n: number }>(
      sql`select count(*)::int n from ${sql.identifier(table)} where ${sql.identifier(column)} like 'v1.old.%'`,
    );
    count += rows[0]?.n ?? 0;
  }
  return count;
}

test("T2: every sealed column of the database is on the list", async () => {
  const { rows } = await db().execute<{ place: string }>(
    sql`select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and column_name like 'sealed%' order by 1`,
  );
  const listed = ALL_SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  expect(listed.toSorted()).toEqual(rows.map(({ place }) => place));
});

test("T2: while all is sealed anew every read succeeds, and afterwards the old key opens nothing more", async () => {
  const apps = await db().select({ id: xeroApps.id }).from(xeroApps);
  const held = await db().select({ id: grants.id }).from(grants);
  useKeys(NEW, OLD);

  let over = false;
  let reads = 0;
  const failures: unknown[] = [];
  const reader = async (from: number) => {
    for (let at = from; !over || reads < 2 * ROWS; at += 7) {
      const [app, grant] = [apps[at % ROWS]?.id ?? "", held[at % ROWS]?.id ?? ""];
      try {
        expect(await webhookKeyOf(db(), app)).toBe(`key ${app}`);
        expect((await getGrant(db(), grant))?.tokens?.accessToken).toBe(`access ${grant}`);
      } catch (error) {
        failures.push(error);
      }
      reads += 2;
    }
  };
  const readers = [0, 1, 2, 3].map(reader);
  const rotated = await rotateVault(db(), ALL_SEALED_COLUMNS);
  over = true;
  await Promise.all(readers);

  expect(failures).toEqual([]);
  expect(rotated.find(({ column }) => column === "sealed_tokens")).toMatchObject({
    resealed: ROWS,
    left: {},
  });
  expect(await underOldKey()).toBe(0);
  useKeys(NEW);
  expect(await webhookKeyOf(db(), apps[0]?.id ?? "")).toBe(`key ${apps[0]?.id}`);
});

test("T2: two rotations at once, and one more, leave each secret as it was", async () => {
  useKeys(NEW, OLD);
  const both = await Promise.all([1, 2].map(() => rotateVault(db(), ALL_SEALED_COLUMNS)));
  const resealed = both.flat().reduce((sum, { resealed }) => sum + resealed, 0);
  expect(resealed).toBe(2 * ROWS);
  const again = await rotateVault(db(), ALL_SEALED_COLUMNS);
  expect(again.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(0);
  for (const { id } of await db().select({ id: xeroApps.id }).from(xeroApps))
    expect(await webhookKeyOf(db(), id)).toBe(`key ${id}`);
});

test("T2: what a writer changes between our reading and our writing is never overwritten", async () => {
  useKeys(NEW, OLD);
  const [grant] = await db().select({ id: grants.id }).from(grants).limit(1);
  const id = grant?.id ?? "";
  const rotation = await db().transaction(async (tx) => {
    const tokens = JSON.stringify({ accessToken: "newer", refreshToken: "r" });
    const sealedTokens = seal(tokens, { table: "grants", row: id, column: "sealed_tokens" });
    await tx.update(grants).set({ sealedTokens }).where(eq(grants.id, id));
    const begun = rotateVault(db(), ALL_SEALED_COLUMNS);
    await until(async () => (await waitingForLocks(db())) > 0);
    return { begun };
  });
  await rotation.begun;
  expect((await getGrant(db(), id))?.tokens?.accessToken).toBe("newer");
});

async function until(fact: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await fact()); )
    if (Date.now() > end) throw new Error("It never came to be");
}

test("T2: secrets whose key is gone stay as they are, and are told by that key's name", async () => {
  useKeys(NEW);
  const rotated = await rotateVault(db(), ALL_SEALED_COLUMNS);
  expect(rotated.find(({ column }) => column === "sealed_tokens")).toMatchObject({
    resealed: 0,
    left: { old: ROWS },
  });
  useKeys(NEW, OLD);
  const [app] = await db().select({ id: xeroApps.id }).from(xeroApps);
  expect(await webhookKeyOf(db(), app?.id ?? "")).toBe(`key ${app?.id}`);
});
