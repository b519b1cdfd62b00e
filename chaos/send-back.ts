/** Staff give money back while everything goes wrong: a part or the whole, at times by a process that is killed over it. */
import { sql } from "drizzle-orm";
import { db } from "../lib/core/db.ts";
import { startRefund } from "../lib/payments/start-refund.ts";
import { crasher } from "../lib/testing/crash.ts";
import { chanceOf } from "../lib/testing/seeded.ts";
import type { Stage } from "./stage.ts";

const EVERY_MS = 1_500;
/** Of these effects on the world a refund has about so many. */
const POINTS = 30;

export type Refunds = { asked(): number; killed(): number; leave(): Promise<void> };

export function sendRefunds({ desks }: Stage, seed: number): Refunds {
  const chance = chanceOf(seed + 2);
  const children = crasher("ignore");
  let [asked, killed, over] = [0, 0, false];
  const one = async () => {
    const desk = desks[Math.floor(chance() * desks.length)];
    if (!desk) return;
    const { caller, books } = desk;
    const { rows } = await db().execute<{ id: string; minor: string }>(sql`
      select c.id, c.amount_minor::text as minor from captures c
      where c.connection_id = ${books.connectionId} order by md5(c.id::text || ${String(asked)}) limit 1`);
    const [capture] = rows;
    if (!capture) return;
    const all = BigInt(capture.minor);
    const part = (all * BigInt(1 + Math.floor(chance() * 90))) / 100n;
    const amountMinor = chance() < 0.2 || part === 0n ? all : part;
    asked += 1;
    if (chance() < 0.3) {
      const work = { kind: "refund", caller, captureId: capture.id, amount: String(amountMinor) } as const;
      const { points } = await children.run({ at: 1 + Math.floor(chance() * POINTS), how: "kill", work });
      if (points === null) killed += 1;
    } else await startRefund(db(), caller, { captureId: capture.id, amountMinor, note: "Chaos" });
  };
  const lane = async () => {
    while (!over) {
      await new Promise((later) => setTimeout(later, EVERY_MS));
      // More than is left, or PostgreSQL or Stripe away: a person would read why, and go on.
      await one().catch(() => {});
    }
  };
  const ended = lane();
  return {
    asked: () => asked,
    killed: () => killed,
    async leave() {
      over = true;
      await ended;
      await children.stop();
    },
  };
}
