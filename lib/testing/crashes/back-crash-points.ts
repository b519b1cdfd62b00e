/** Test only: every point of one way back, for the test files that share them. */
import { afterAll, beforeAll } from "vitest";
import { testDb } from "../database.ts";
import { openDesk } from "../desk.ts";
import { testSimulator } from "../simulator.ts";
import { type BackCrash, backCrasher } from "./back-crashes.ts";
import { type Crasher, crasher, killPoints } from "./crash.ts";

/** Call at the top of a test file: with a desk of its own, what a kill at each effect of one way back leaves broken. */
export function testBackCrashes(): (back: BackCrash["back"]) => Promise<string[]> {
  const db = testDb();
  const simulator = testSimulator();
  let crash: ReturnType<typeof backCrasher>;
  let children: Crasher;
  beforeAll(async () => {
    children = crasher();
    crash = backCrasher(await openDesk(db(), simulator()), children);
  });
  afterAll(() => children.stop());
  return async (back) => {
    const { points, breaks } = await crash({ back, at: 0 });
    const found = [...breaks];
    for (const at of killPoints(points)) {
      const { breaks } = await crash({ back, at });
      found.push(...breaks.map((what) => `${at} ${points?.[at - 1]}: ${what}`));
    }
    return found;
  };
}
