import "server-only";
import { auditEvents } from "#db/schema/audit.ts";
import type { Db } from "#lib/core/db.ts";

export type AuditEvent = {
  /** Null for what happens to a company or a person, outside any firm. */
  firmId: string | null;
  actor: `user:${string}` | "payer" | "worker" | "xero" | "stripe" | "setup";
  /** `noun.verb` in the past tense: "firm.created". */
  action: string;
  /** The thing it happened to: "firm:<id>". */
  subject: string;
  /** Flat facts a person may read later. Never a secret, nor more of a person than the event needs. */
  detail?: Record<string, string | number | boolean | null>;
  ip?: string | null;
};

/** Adds a line to the timeline, in the transaction of what it tells of: both are kept, or neither. */
export async function record(tx: Db, event: AuditEvent): Promise<void> {
  await tx.insert(auditEvents).values({ ...event, detail: event.detail ?? {}, ip: event.ip ?? null });
}
