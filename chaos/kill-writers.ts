/** Processes that do what a worker's lane does, write to Xero, each killed with -9 at one of its effects on the world. */
import { crasher } from "../lib/testing/crashes/crash.ts";
import { chanceOf } from "../lib/testing/seeded.ts";
import { startLane } from "./lane.ts";

/** A document alone has about twenty: some are killed over the third. */
const POINTS = 60;

export type Writers = { killed(): number; leave(): Promise<void> };

/** One after the other. */
export function killWriters(seed: number): Writers {
  const chance = chanceOf(seed + 5);
  const children = crasher("ignore");
  let killed = 0;
  const one = async () => {
    const at = 1 + Math.floor(chance() * POINTS);
    const { points } = await children.run({ at, how: "kill", work: { kind: "lane" } });
    if (points === null) killed += 1;
  };
  // It falls over by itself while PostgreSQL is away.
  const leaveLane = startLane(0, () => one().catch(() => {}));
  return {
    killed: () => killed,
    async leave() {
      await leaveLane();
      await children.stop();
    },
  };
}
