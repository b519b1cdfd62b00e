import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { readMapping } from "#lib/mapping/mapping.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import type { Books } from "./plan/plan.ts";

/** What orders of an organisation are held against, of this moment and without a call to Xero. */
export async function loadBooks(db: Db, connectionId: string): Promise<Books> {
  const [chart, mapping, connection] = await Promise.all([
    readBooksChart(db, connectionId),
    readMapping(db, connectionId),
    payConnection(db, connectionId),
  ]);
  const timeZone = connection?.timeZone ?? "UTC";
  return { chart, mapping, lockedUntil: chart.lockedUntil, timeZone, today: dayIn(timeZone, new Date()) };
}
