import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { payAddress } from "#lib/firms/pay-link.ts";
import { readMapping } from "#lib/mapping/mapping.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import { currentAccountId } from "#lib/processor/read.ts";
import { getLine } from "#lib/xero/organisations/connections.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import type { Books } from "./plan.ts";

/** What orders of an organisation are held against, of this moment and without a call to Xero. */
export async function loadBooks(db: Db, connectionId: string): Promise<Books> {
  const [chart, mapping, connection, line] = await Promise.all([
    readBooksChart(db, connectionId),
    readMapping(db, connectionId),
    payConnection(db, connectionId),
    getLine(db, connectionId),
  ]);
  const timeZone = connection?.timeZone ?? "UTC";
  const takesPayments =
    line && connection?.clearingAccountId && (await currentAccountId(db, line.firmId)) !== undefined;
  const payPage = takesPayments
    ? { address: await payAddress(db, line.firmId), shortCode: connection.shortCode }
    : null;
  const today = dayIn(timeZone, new Date());
  return { chart, mapping, lockedUntil: chart.lockedUntil, timeZone, today, payPage };
}
