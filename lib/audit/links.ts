import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";

const text = (column: unknown) => sql<string | null>`${column}::text`;

const ERASED = /^sha256:([0-9a-f]{64})$/;

/** What may be erased is hashed behind its salt; once it is erased, that hash stands for it: "sha256:…". */
function erasable(column: unknown, { salt, digest }: Record<"salt" | "digest", unknown>): SQL<string | null> {
  return sql`case when ${digest} is not null then 'sha256:' || ${digest}
    when ${column} is null or ${salt} is null then ${column}::text else ${salt} || '|' || ${column}::text end`;
}

/** What a link's hash covers of its line, each value by its text, in this order: as the trigger has it (migration 0024). */
export const COVERED = {
  seq: text(auditEvents.seq),
  firmId: text(auditEvents.firmId),
  actor: text(auditEvents.actor),
  action: text(auditEvents.action),
  subject: text(auditEvents.subject),
  detail: erasable(auditEvents.detail, { salt: auditEvents.detailSalt, digest: auditEvents.detailDigest }),
  ip: erasable(auditEvents.ip, { salt: auditEvents.ipSalt, digest: auditEvents.ipDigest }),
  epoch: sql<string | null>`extract(epoch from ${auditEvents.at})::text`,
};

export type Covered = Record<keyof typeof COVERED, string | null>;

/** The hash of a link: over that of the one before it and the values of its line, hashed apart so that none runs into the next. */
export function hashOf(before: string, line: Covered): string {
  const { seq, firmId, actor, action, subject, detail, ip, epoch } = line;
  const certain = [seq, firmId, actor, action, subject].map((value) => digest(value ?? ""));
  return digest(
    [before, ...certain, erasableDigest(detail), erasableDigest(ip), digest(epoch ?? "")].join("|"),
  );
}

function erasableDigest(value: string | null): string {
  return ERASED.exec(value ?? "")?.[1] ?? digest(value ?? "");
}

function digest(value: string): string {
  return createHash("sha256").update(value, "utf8").digest("hex");
}
