import type { Db } from "#lib/core/db.ts";
import { oldestDueJobs } from "#lib/core/queue/waiting-jobs.ts";
import { lastAlive } from "#lib/core/restored-database.ts";
import { oldestDelivery } from "#lib/mirror/waiting.ts";
import { oldestDuePosting } from "#lib/posting/sending/oldest-due.ts";
import { oldestEvent } from "#lib/processor/waiting.ts";

export type Waiting = {
  /** Seconds since a worker last said that it is here, which it does each minute; null when none ever did. */
  heartbeat: number | null;
  /** By kind, seconds that the oldest has waited for a worker; null when nothing does. */
  oldest: Record<"posting" | "xero_webhook" | "stripe_event" | "job", number | null>;
  /** The same by queue; a queue where nothing waits is left out. */
  queues: Record<string, number>;
};

/** How far behind the workers are. */
export async function readWaiting(db: Db): Promise<Waiting> {
  const [alive, posting, delivery, event, queues] = await Promise.all([
    lastAlive(db),
    oldestDuePosting(db),
    oldestDelivery(db),
    oldestEvent(db),
    oldestDueJobs(db),
  ]);
  const jobs = Object.values(queues);
  return {
    heartbeat: alive?.secondsAgo ?? null,
    oldest: {
      posting,
      xero_webhook: delivery,
      stripe_event: event,
      job: jobs.length > 0 ? Math.max(...jobs) : null,
    },
    queues,
  };
}
