import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { limiter } from "./limits.ts";

const db = testDb();
const three = { points: 3, seconds: 600 };

test("lets a key in as often as said, tells what is left, then how long to wait", async () => {
  const limit = limiter("a", three);
  for (let use = 0; use < 3; use += 1) await limit.consume("one");
  expect(await limit.isBlocked("one")).toBe(true);
  await expect(limit.consume("one")).rejects.toMatchObject({
    code: "too_many",
    message: "Too many tries. Wait 10 minutes, then try again.",
  });
  await expect(limit.consume("two")).resolves.toEqual({ left: 2, seconds: 600 });
});

test("counts fifty uses at once exactly", async () => {
  const limit = limiter("b", { points: 20, seconds: 600 });
  const uses = await Promise.allSettled(Array.from({ length: 50 }, () => limit.consume("one")));
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
});

test("counts across processes: a limiter made anew knows what was used", async () => {
  for (let use = 0; use < 3; use += 1) await limiter("c", three).consume("one");
  await expect(limiter("c", three).consume("one")).rejects.toMatchObject({ code: "too_many" });
});

test("gives a use back, and forgets a key", async () => {
  const limit = limiter("d", three);
  for (let use = 0; use < 3; use += 1) await limit.consume("one");
  await limit.giveBack("one");
  await limit.consume("one");
  await expect(limit.consume("one")).rejects.toMatchObject({ code: "too_many" });
  await limit.reset("one");
  await expect(limit.consume("one")).resolves.toEqual({ left: 2, seconds: 600 });
});

test("starts anew when the window is over", async () => {
  for (let use = 0; use < 3; use += 1) await limiter("e", three).consume("one");
  await db().execute(sql`update rate_limits set expire = 0 where key like 'e:%'`);
  await expect(limiter("e", three).consume("one")).resolves.toEqual({ left: 2, seconds: 600 });
});

test("counts on when the caller's transaction is rolled back", async () => {
  const limit = limiter("f", { points: 1, seconds: 600 });
  const undone = db().transaction(async () => {
    await limit.consume("one");
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await limit.isBlocked("one")).toBe(true);
});

test("keeps no e-mail or address in the table", async () => {
  await limiter("g", three).consume("ada@example.com");
  const { rows } = await db().execute(sql`select key from rate_limits where key like '%ada%'`);
  expect(rows).toEqual([]);
});
