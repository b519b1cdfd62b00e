import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";

const text = (column: unknown) => sql<string | null>`${column}::text`;

/** What a link's hash covers of its line, each value by its text, in this order: as the trigger has it (migration 0009). */
export const COVERED = {
  seq: text(auditEvents.seq),
  firmId: text(auditEvents.firmId),
  actor: text(auditEvents.actor),
  action: text(auditEvents.action),
  subject: text(auditEvents.subject),
  detail: text(auditEvents.detail),
  ip: text(auditEvents.ip),
  epoch: sql<string | null>`extract(epoch from ${auditEvents.at})::text`,
};

export type Covered = Record<keyof typeof COVERED, string | null>;

/** The hash of a link: over that of the one before it and the values of its line, hashed apart so that none runs into the next. */
export function hashOf(before: string, line: Covered): string {
  const { seq, firmId, actor, action, subject, detail, ip, epoch } = line;
  const values = [seq, firmId, actor, action, subject, detail, ip, epoch];
  return digest([before, ...values.map((value) => digest(value ?? ""))].join("|"));
}

function digest(value: string): string {
  return createHash("sha256").update(value, "utf8").digest("hex");
}
