import { describe, expect, test } from "vitest";
import type { AppError } from "#lib/core/errors.ts";
import { openFairQueue } from "./fair-queue.ts";

/** Work that ends when it is told to, and who was served in which order. */
function desk(limits: { atOnce: number; most: number }) {
  const turns = openFairQueue(limits);
  const served: string[] = [];
  const refused: string[] = [];
  const open: (() => void)[] = [];
  const ask = (name: string, isKnown = false) =>
    turns
      .take({ name, isKnown }, async () => {
        served.push(name);
        await new Promise<void>((end) => open.push(end));
      })
      .catch((error: AppError) => refused.push(`${name} ${error.code}`));
  /** Ends what is under way until nobody waits. */
  const run = async () => {
    while (open.length > 0) {
      for (const end of open.splice(0)) end();
      await new Promise((later) => setImmediate(later));
    }
  };
  return { ask, run, served, refused };
}

describe("whoever waits for work that takes long", () => {
  test("is served in turn with the others, however often one of them asks", async () => {
    const { ask, run, served } = desk({ atOnce: 1, most: 10 });
    for (const name of ["a", "a", "a", "a", "b", "c", "b"]) void ask(name);
    await run();
    expect(served).toEqual(["a", "a", "b", "c", "a", "b", "a"]);
  });

  test("goes before all strangers when known", async () => {
    const { ask, run, served } = desk({ atOnce: 1, most: 10 });
    for (const name of ["a", "b", "c"]) void ask(name);
    void ask("staff", true);
    await run();
    expect(served).toEqual(["a", "staff", "b", "c"]);
  });

  test("finds a place in a full line that one stranger fills, and is told so where many do", async () => {
    const { ask, run, served, refused } = desk({ atOnce: 1, most: 3 });
    for (const name of ["a", "a", "a", "a", "a", "b", "c", "d"]) void ask(name);
    void ask("staff", true);
    await run();
    expect(refused).toEqual(["a too_many", "a too_many", "a too_many", "d too_many"]);
    expect(served).toEqual(["a", "staff", "a", "b", "c"]);
  });

  test("makes way when the work fails", async () => {
    const turns = openFairQueue({ atOnce: 1, most: 1 });
    const failing = turns.take({ name: "a", isKnown: false }, () => Promise.reject(new Error("broken")));
    const next = turns.take({ name: "b", isKnown: false }, async () => "done");
    await expect(failing).rejects.toThrow("broken");
    expect(await next).toBe("done");
  });
});
