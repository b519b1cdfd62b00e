import "server-only";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { connectionChanged } from "../jobs.ts";
import { type ConnectionState, changeState } from "./connections.ts";

/** What Xero showed us of a connection, told once: on the timeline, and to staff by way of the queue. */
export async function recordState(
  db: Db,
  { connectionId, firmId }: { connectionId: string; firmId: string },
  to: { state: ConnectionState; reason: string | null },
): Promise<void> {
  await db.transaction(async (tx) => {
    const since = await changeState(tx, connectionId, to);
    if (!since) return;
    await record(tx, {
      firmId,
      actor: "xero",
      action: `connection.${to.state}`,
      subject: `connection:${connectionId}`,
      detail: { reason: to.reason },
    });
    await enqueue(tx, connectionChanged, { connectionId, state: to.state, since: since.toISOString() });
  });
}
