/**
 * Money goes back while everything goes wrong: a part or the whole, by staff here, at times in a process that is killed over
 * it, or in Stripe's dashboard; and payers dispute what they paid.
 */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "../lib/core/db.ts";
import { startRefund } from "../lib/payments/refunds/start-refund.ts";
import { crasher } from "../lib/testing/crashes/crash.ts";
import type { PayoutDesk } from "../lib/testing/payouts.ts";
import { chanceOf } from "../lib/testing/seeded.ts";
import { startLane } from "./lane.ts";
import type { Stage } from "./stage.ts";

const EVERY_MS = 1_500;
/** Of these effects on the world a refund has about so many. */
const POINTS = 30;

/** Of these shares of them; the rest staff do here. */
const [DISPUTED, IN_DASHBOARD] = [0.1, 0.15];

type Story = {
  as: "dispute" | "inquiry";
  answers: { answer: "lost" | "won" | "escalated" | "warning_closed"; isInPart?: boolean }[];
};

/** How disputes go: most are lost, some in part, and some are decided twice. */
const STORIES: Story[] = [
  { as: "dispute", answers: [{ answer: "lost" }] },
  { as: "dispute", answers: [{ answer: "lost" }] },
  { as: "dispute", answers: [{ answer: "won" }] },
  { as: "dispute", answers: [{ answer: "lost", isInPart: true }] },
  { as: "dispute", answers: [{ answer: "lost" }, { answer: "won" }] },
  { as: "dispute", answers: [{ answer: "won" }, { answer: "lost" }] },
  { as: "dispute", answers: [{ answer: "lost" }, { answer: "won" }, { answer: "lost" }] },
  { as: "inquiry", answers: [{ answer: "warning_closed" }] },
  { as: "inquiry", answers: [{ answer: "escalated" }, { answer: "lost" }] },
];
const MOST_BETWEEN_ANSWERS_MS = 1_500;

export type Refunds = {
  asked(): number;
  killed(): number;
  inDashboard(): number;
  disputed(): number;
  leave(): Promise<void>;
};

export function sendRefunds({ desks }: Stage, seed: number): Refunds {
  const chance = chanceOf(seed + 2);
  const children = crasher("ignore");
  let [asked, killed, inDashboard, disputed] = [0, 0, 0, 0];
  /** A payment at random; `whole`: of which nothing went back, so that Xero can take it off. */
  const some = async ({ books }: PayoutDesk, { whole }: { whole: boolean }) => {
    const { rows } = await db().execute<{ id: string; ref: string; minor: string }>(sql`
      select c.id, c.object_ref as ref, c.amount_minor::text as minor from captures c
      where c.connection_id = ${books.connectionId} and not (${whole} and (
        exists (select 1 from refunds where capture_id = c.id) or exists (select 1 from disputes where capture_id = c.id)))
      order by md5(c.id::text || ${String(asked + disputed)}) limit 1`);
    return rows[0];
  };
  const dispute = async (desk: PayoutDesk) => {
    const story = STORIES[Math.floor(chance() * STORIES.length)];
    const capture = await some(desk, { whole: true });
    if (!story || !capture) return;
    const { id } = await desk.atStripe("dispute", { payment: capture.ref, as: story.as });
    disputed += 1;
    for (const one of story.answers) {
      const givenBack = one.isInPart ? { givenBack: Math.ceil(Number(capture.minor) / 3) } : {};
      await desk.atStripe("dispute-answer", { dispute: id, answer: one.answer, ...givenBack });
      await new Promise((later) => setTimeout(later, chance() * MOST_BETWEEN_ANSWERS_MS));
    }
  };
  const one = async () => {
    const desk = desks[Math.floor(chance() * desks.length)];
    if (!desk) return;
    const { caller } = desk;
    if (chance() < DISPUTED) return dispute(desk);
    const capture = await some(desk, { whole: false });
    if (!capture) return;
    const all = BigInt(capture.minor);
    const part = (all * BigInt(1 + Math.floor(chance() * 90))) / 100n;
    const amountMinor = chance() < 0.2 || part === 0n ? all : part;
    asked += 1;
    if (chance() < IN_DASHBOARD) {
      await desk.atStripe("refund", { payment: capture.ref, amount: Number(amountMinor) });
      inDashboard += 1;
    } else if (chance() < 0.3) {
      const work = { kind: "refund", caller, captureId: capture.id, amount: String(amountMinor) } as const;
      const { points } = await children.run({ at: 1 + Math.floor(chance() * POINTS), how: "kill", work });
      if (points === null) killed += 1;
    } else
      await startRefund(db(), caller, {
        refundId: randomUUID(),
        captureId: capture.id,
        amountMinor,
        note: "Chaos",
      });
  };
  // More than is left, or PostgreSQL or Stripe away: a person would read why, and go on.
  const leaveLane = startLane(EVERY_MS, () => one().catch(() => {}));
  return {
    asked: () => asked,
    killed: () => killed,
    inDashboard: () => inDashboard,
    disputed: () => disputed,
    async leave() {
      await leaveLane();
      await children.stop();
    },
  };
}
