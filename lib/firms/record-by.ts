import "server-only";
import { type AuditEvent, record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import type { FirmCaller } from "./authorise.ts";

/** Adds a line to the firm's timeline in the name of who does it, in the transaction of what it tells of. */
export async function recordBy(
  tx: Db,
  { actor, firm, ip }: FirmCaller,
  line: Pick<AuditEvent, "action" | "subject" | "detail">,
): Promise<void> {
  await record(tx, { ...line, firmId: firm.firmId, actor: `user:${actor.userId}`, ip });
}
