import { withTimeout } from "#lib/core/concurrency/with-timeout.ts";
import { db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { readWaiting, type Waiting } from "#lib/jobs/waiting.ts";
import { healthAnswer } from "../health-answer.ts";

export const dynamic = "force-dynamic";

const PATIENCE_MS = 2_000;
/** It beats once a minute. */
const SILENT_SECONDS = 180;
/** A posting that is due is taken within seconds. */
const BEHIND_SECONDS = 600;
/** However many ask, the tables are read once in this time. */
const KEPT_MS = 5_000;

let kept: { at: number; reading: Promise<Waiting | null> } | undefined;

/**
 * A worker is here and keeps up: one beat within three minutes, and no posting that is due waits for ten. Else 503, and
 * why. Says ages in seconds, never how much of anything there is: anybody may ask.
 */
export async function GET(): Promise<Response> {
  if (!kept || Date.now() - kept.at > KEPT_MS) kept = { at: Date.now(), reading: read() };
  const waiting = await withTimeout(PATIENCE_MS, kept.reading, null);
  if (!waiting) return healthAnswer("database");
  const { heartbeat, oldest } = waiting;
  return healthAnswer(whyNot(waiting), { heartbeatSecondsAgo: heartbeat, oldestWaitingSeconds: oldest });
}

function whyNot({ heartbeat, oldest }: Waiting): "worker" | "postings" | null {
  if (heartbeat === null || heartbeat > SILENT_SECONDS) return "worker";
  return (oldest.posting ?? 0) > BEHIND_SECONDS ? "postings" : null;
}

async function read(): Promise<Waiting | null> {
  try {
    return await readWaiting(db());
  } catch (error) {
    log.warn({ err: error }, "health.database-unavailable");
    return null;
  }
}
