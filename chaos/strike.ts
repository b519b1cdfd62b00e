/** Does what the schedule says to the processes and to the outside world, and mends it all in the end. */
import { db } from "../lib/core/db.ts";
import { webhookUrl } from "../lib/processor/save-account.ts";
import { appOf } from "../lib/testing/xero/ringing.ts";
import type { Step } from "./schedule.ts";
import type { Post, Stage } from "./stage.ts";

export type Strikes = {
  /** How often each was done. */
  made: Map<string, number>;
  forgedSent: number;
  forgedTaken: number;
};

/**
 * Resolves when the last is done, or those up to `isOver`, whoever was killed runs again, and nothing is wrong with the world
 * any more. Each is told of.
 */
export async function strike(
  stage: Stage,
  steps: Step[],
  { tell, isOver }: { tell(step: Step): void; isOver(): boolean },
): Promise<Strikes> {
  const began = Date.now();
  const strikes: Strikes = { made: new Map(), forgedSent: 0, forgedTaken: 0 };
  const mending: Promise<void>[] = [];
  let lost: unknown;
  for (const step of steps) {
    await new Promise((due) => setTimeout(due, Math.max(0, began + step.at - Date.now())));
    // Whoever does not come back would be waited for in vain.
    if (lost || isOver()) break;
    const mended = begin(stage, step, strikes);
    // Whoever it should hit is down already.
    if (!mended) continue;
    tell(step);
    strikes.made.set(step.name, (strikes.made.get(step.name) ?? 0) + 1);
    mending.push(mended);
    mended.catch((why) => {
      lost = why;
    });
  }
  await Promise.all(mending);
  await goodWeather(stage);
  return strikes;
}

function begin(stage: Stage, step: Step, strikes: Strikes): Promise<void> | null {
  const { simulator } = stage;
  const control = (path: string, body: object) => simulator.control<void>("POST", `/control/${path}`, body);
  switch (step.kind) {
    case "kill":
      if (step.who === "database") return crashDatabase(stage);
      return onPost(stage, step.who, step.which, (post) => kill(post, step.downMs));
    case "pause":
      return onPost(stage, "worker", step.which, (post) => pause(post, step.ms));
    case "fault":
      return control("faults", step.fault);
    case "window":
      return control("xero/settings", { idempotencySeconds: step.seconds });
    case "webhooks": {
      const { drop, duplicate, reorder } = step;
      return Promise.all([
        control("webhooks/faults", { drop, duplicate, reorder }),
        control("stripe/webhook-faults", { drop, duplicate, reorder }),
      ]).then(() => {});
    }
    case "clock":
      return control("clock", { advanceSeconds: step.seconds });
    case "expire":
      return control("identity/expire-access-tokens", {});
    case "forge":
      return forge(stage, strikes);
  }
}

function onPost(
  { posts }: Stage,
  kind: Post["kind"],
  which: number,
  work: (post: Post) => Promise<void>,
): Promise<void> | null {
  const both = posts.filter((one) => one.kind === kind);
  const post = both[which];
  // One of the two always stays: with none a run would measure how fast this machine starts processes.
  if (!post || both.some(({ isUp }) => !isUp)) return null;
  post.isUp = false;
  return work(post).then(() => {
    post.isUp = true;
  });
}

async function kill(post: Post, downMs: number): Promise<void> {
  const { process: child } = post.child;
  const ended = new Promise((gone) => child.once("exit", gone));
  child.kill("SIGKILL");
  await ended;
  await new Promise((later) => setTimeout(later, downMs));
  // PostgreSQL may be down just now, and then a worker ends by itself, as under any supervisor.
  for (let tries = 0; ; tries += 1) {
    try {
      post.child = await post.start();
      return;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

async function pause({ child }: Post, ms: number): Promise<void> {
  child.process.kill("SIGSTOP");
  await new Promise((later) => setTimeout(later, ms));
  child.process.kill("SIGCONT");
}

/** It is left alone for a while after it has come back. */
const BREATH_MS = 10_000;
let backAt = 0;

function crashDatabase({ crashDatabase }: Stage): Promise<void> | null {
  if (Date.now() < backAt + BREATH_MS) return null;
  backAt = Infinity;
  return crashDatabase().then(() => {
    backAt = Date.now();
  });
}

/** Deliveries that say "paid" and are signed by somebody else. */
async function forge({ desks }: Stage, strikes: Strikes): Promise<void> {
  const [desk] = desks;
  if (!desk) return;
  const now = Math.floor(Date.now() / 1_000);
  const object = { id: "cs_test_forged", object: "checkout.session", payment_status: "paid" };
  const paid = { id: "evt_forged", object: "event", type: "checkout.session.completed", data: { object } };
  const stripe = { "stripe-signature": `t=${now},v1=${"0".repeat(64)}` };
  const changed = { events: [], firstEventSequence: 1, lastEventSequence: 9_999_999, entropy: "FORGED" };
  const xero = { "x-xero-signature": Buffer.alloc(32).toString("base64") };
  const app = await appOf(db(), desk.books.connectionId).catch(() => null);
  const bell = `${process.env.PUBLIC_ORIGIN}/api/xero/webhook/${app}`;
  const sent = [
    post(webhookUrl(desk.processorAccountId), paid, stripe),
    ...(app ? [post(bell, changed, xero)] : []),
  ];
  for (const status of await Promise.all(sent)) {
    strikes.forgedSent += 1;
    if (status === 200) strikes.forgedTaken += 1;
  }
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  }).catch(() => null);
  return answer?.status ?? 0;
}

async function goodWeather({ simulator }: Stage): Promise<void> {
  await simulator.control("DELETE", "/control/faults");
  for (const weather of ["webhooks/faults", "stripe/webhook-faults", "webhooks/tick"])
    await simulator.control("POST", `/control/${weather}`, {});
}
