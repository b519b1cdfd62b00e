import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { env } from "#lib/core/env.ts";
import { testDb } from "#lib/testing/database.ts";
import { openNetwork } from "#lib/testing/silent-network.ts";
import { UPKEEP_PATIENCE } from "../pool.ts";
import { enqueue } from "./queue.ts";
import { QUEUE_SCHEMA } from "./queue-schema.ts";

const db = testDb();
const chore = { name: "test.chore", payload: z.strictObject({ of: z.string() }) };
let worker: PgBoss;

beforeAll(async () => {
  worker = new PgBoss({ connectionString: env().DATABASE_URL, schema: QUEUE_SCHEMA, migrate: false });
  await worker.start();
  await worker.createQueue(chore.name, { policy: "short", retryLimit: 5, retryDelay: 600 });
});
afterAll(() => worker.stop({ graceful: false }));

const take = async () => (await worker.fetch(chore.name)).map((job) => job.id);

test("whoever asks for a job that waits already gets a run after their own commit", async () => {
  await enqueue(db(), chore, { of: "inbox" });
  await db().transaction(async (tx) => {
    await enqueue(tx, chore, { of: "inbox" });
    // Taken now, it would not see what this transaction writes, and nobody would run again for it.
    expect(await take()).toEqual([]);
  });
  expect(await take()).toHaveLength(1);
  expect(await take()).toEqual([]);
});

test("a job asked for while the same one runs is run again", async () => {
  await enqueue(db(), chore, { of: "again" });
  const [running] = await take();
  await enqueue(db(), chore, { of: "again" });
  expect(await take()).not.toEqual([running]);
});

test("a job that waits for its next try is brought forward by news", async () => {
  await enqueue(db(), chore, { of: "failed" });
  const [failing = ""] = await take();
  await worker.fail(chore.name, failing);
  expect(await take()).toEqual([]);
  await enqueue(db(), chore, { of: "failed" });
  expect(await take()).toEqual([failing]);
});

test("what is rolled back was never asked for", async () => {
  const undone = db().transaction(async (tx) => {
    await enqueue(tx, chore, { of: "nothing" });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await take()).toEqual([]);
});

test("a worker asks on after the network to its queue has gone silent", async () => {
  const network = await openNetwork(env().DATABASE_URL);
  const url = `${network.url}?query_timeout=1500`;
  const cut = new PgBoss({
    ...UPKEEP_PATIENCE,
    ...{
      connectionString: url,
      schema: QUEUE_SCHEMA,
      migrate: false,
      supervise: false,
      schedule: false,
      max: 1,
    },
  });
  await cut.start();
  network.silence();
  await expect(cut.fetch(chore.name)).rejects.toThrow();
  network.heal();
  await enqueue(db(), chore, { of: "after silence" });
  expect(await cut.fetch(chore.name)).toHaveLength(1);
  await network.close();
  await cut.stop({ graceful: false });
});
