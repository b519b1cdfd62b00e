import { expect, test } from "vitest";
import type { Db } from "../db.ts";
import { coalesceCalls } from "./coalesce-calls.ts";

const db = {} as Db;

/** A gatherer whose runs end when they are told to. */
function held() {
  const runs: { key: string; items: string[]; end: (said: string) => void; fail: (error: Error) => void }[] =
    [];
  const ask = coalesceCalls<string, string>(
    (_, key, items) =>
      new Promise((end, fail) => {
        runs.push({ key, items, end, fail });
      }),
  );
  return { runs, ask: (key: string, item: string) => ask(db, key, item) };
}

const settled = () => new Promise((done) => setImmediate(done));

test("what comes while one runs goes with the next one, all of it, in order", async () => {
  const { runs, ask } = held();
  const first = ask("app", "a");
  await settled();
  const rest = ["b", "c", "d"].map((item) => ask("app", item));
  await settled();
  expect(runs.map(({ items }) => items)).toEqual([["a"]]);
  runs[0]?.end("one");
  expect(await first).toBe("one");
  await settled();
  expect(runs.map(({ items }) => items)).toEqual([["a"], ["b", "c", "d"]]);
  runs[1]?.end("two");
  expect(await Promise.all(rest)).toEqual(["two", "two", "two"]);
});

test("a run that fails fails for its own callers only", async () => {
  const { runs, ask } = held();
  const first = ask("app", "a");
  await settled();
  const second = ask("app", "b");
  runs[0]?.fail(new Error("no database"));
  await expect(first).rejects.toThrow("no database");
  await settled();
  runs[1]?.end("kept");
  expect(await second).toBe("kept");
});

test("one key doesn't wait for another", async () => {
  const { runs, ask } = held();
  void ask("app", "a");
  void ask("other", "b");
  await settled();
  expect(runs.map(({ key }) => key)).toEqual(["app", "other"]);
});
