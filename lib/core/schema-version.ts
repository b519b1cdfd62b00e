import "server-only";
import { sql } from "drizzle-orm";
import journal from "#db/migrations/meta/_journal.json" with { type: "json" };
import type { Db } from "./db.ts";

/** PostgreSQL's undefined_table. */
const NO_TABLE = "42P01";

/**
 * How many of this build's migrations the database has not had; 0 when it is ready for this build, also when it is ahead
 * of it. drizzle-kit notes each that ran by the time in its journal (drizzle-orm 0.45, migrator).
 */
export async function missingMigrations(db: Db): Promise<number> {
  const all = journal.entries.map(({ when }) => when);
  try {
    const { rows } = await db.execute<{ missing: number }>(sql`
      select count(*)::int as missing from jsonb_array_elements_text(${JSON.stringify(all)}::jsonb) as wanted
      where wanted::bigint not in (select created_at from drizzle.__drizzle_migrations)`);
    return rows[0]?.missing ?? all.length;
  } catch (error) {
    if (isMissingTable(error)) return all.length;
    throw error;
  }
}

function isMissingTable(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && at.code === NO_TABLE) return true;
  }
  return false;
}
