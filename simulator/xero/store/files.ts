/** The bytes of attached files, each content once. */
import { createHash } from "node:crypto";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";

export const fileTable =
  "create table if not exists xero_files (hash text primary key, bytes blob not null) strict;";

/** Its hash, by which it is read again. */
export function keepFile({ db }: World, bytes: Buffer): string {
  const hash = createHash("sha256").update(bytes).digest("hex");
  statement(db, "insert or ignore into xero_files values (?, ?)").run(hash, bytes);
  return hash;
}

export function readFile({ db }: World, hash: string): Buffer {
  const row = statement(db, "select bytes from xero_files where hash = ?").get(hash);
  return Buffer.from((row?.bytes as Uint8Array | undefined) ?? []);
}
