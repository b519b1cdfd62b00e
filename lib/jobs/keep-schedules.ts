import type { PgBoss } from "pg-boss";
import { SCHEDULES } from "./registry.ts";

/**
 * Tells the queue what runs by the clock. A turn that came while no worker ran is made up for once one does, by one job
 * however many turns were missed: a deploy at 02:41 skips no night.
 */
export async function keepSchedules(boss: PgBoss): Promise<void> {
  for (const { job, cron } of SCHEDULES) await boss.schedule(job.name, cron, {}, { missed: "once" });
}
