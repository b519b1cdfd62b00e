import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import type { Db } from "./db.ts";
import { inTransaction } from "./in-transaction.ts";

const db = testDb();

const lock = (tx: Db, key: number) => tx.execute(sql`select pg_advisory_xact_lock(${key})`);

test("two that wait for each other both come to their end", async () => {
  const begun: number[] = [];
  let both = () => {};
  const met = new Promise<void>((resolve) => {
    both = resolve;
  });
  /** Takes one lock, waits until the other has its own, and then wants that one. */
  const work = (own: number, other: number) => async (tx: Db) => {
    await lock(tx, own);
    begun.push(own);
    if (begun.length === 2) both();
    await met;
    await lock(tx, other);
    return own;
  };
  expect(await Promise.all([inTransaction(db(), work(1, 2)), inTransaction(db(), work(2, 1))])).toEqual([
    1, 2,
  ]);
  expect(begun.length).toBe(3);
});

test("what fails for another reason is not begun anew", async () => {
  let times = 0;
  const failing = inTransaction(db(), async (tx) => {
    times += 1;
    await tx.execute(sql`select 1 / 0`);
  });
  await expect(failing).rejects.toMatchObject({ cause: { code: "22012" } });
  expect(times).toBe(1);
});
