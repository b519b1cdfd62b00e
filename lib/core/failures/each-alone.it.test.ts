import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { failures } from "#db/schema/failures.ts";
import { testDb } from "#lib/testing/database.ts";
import { log } from "../log.ts";
import { eachAlone } from "./each-alone.ts";
import { mayBeTried, noteFailure } from "./failures.ts";

const db = testDb();
log.level = "silent";

const kept = () => db().select().from(failures);
const later = () => db().execute(sql`update failures set next_at = now() - interval '1 second'`);

test("one that fails keeps nobody from the rest, waits ever longer with its reason, and is forgotten once it succeeds", async () => {
  const things = ["a", "b", "c"];
  const broken = new Set(["b"]);
  const worked: string[] = [];
  const turn = async () => {
    const { rows } = await db().execute<{ id: string }>(
      sql`select id from unnest(array['a', 'b', 'c']) id where ${mayBeTried("thing", sql`id`)} order by id`,
    );
    return eachAlone(
      db(),
      rows.map(({ id }) => id),
      {
        kind: "thing",
        idOf: (id) => id,
        async work(id) {
          worked.push(id);
          if (broken.has(id)) throw new RangeError("Too many decimals for JPY: 0.50");
        },
      },
    );
  };
  expect(await turn()).toBe(1);
  expect(worked).toEqual(things);
  expect(await kept()).toMatchObject([
    { item: "b", tries: 1, reason: "The desk can't work it out: Too many decimals for JPY: 0.50" },
  ]);
  expect(await turn()).toBe(0);
  expect(worked).toEqual([...things, "a", "c"]);
  await later();
  expect(await turn()).toBe(1);
  expect(await kept()).toMatchObject([{ item: "b", tries: 2 }]);
  broken.clear();
  await later();
  expect(await turn()).toBe(0);
  expect(await kept()).toEqual([]);
});

test.each([
  ["concerns all is nobody's own failure, and ends the turn", "all", 0],
  ["may concern all ends the turn too, and the next one begins behind it", "perhaps all", 1],
] as const)("what %s", async (_, concern, noted) => {
  const worked: string[] = [];
  await expect(
    eachAlone(db(), ["x", "y"], {
      kind: concern,
      idOf: (id) => id,
      async work(id) {
        worked.push(id);
        throw new Error("Nobody answers");
      },
      concerns: () => concern,
    }),
  ).rejects.toThrow("Nobody answers");
  expect(worked).toEqual(["x"]);
  expect((await kept()).filter(({ kind }) => kind === concern)).toHaveLength(noted);
});

test("the pauses double up to an hour, and never end", async () => {
  const pauses: number[] = [];
  for (let tries = 0; tries < 40; tries += 1)
    pauses.push((await noteFailure(db(), { kind: "hopeless", item: "x" }, new Error("no"))).inSeconds);
  expect(pauses.slice(0, 8)).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600]);
  expect(new Set(pauses.slice(8))).toEqual(new Set([3_600]));
});
