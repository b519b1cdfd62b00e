import "server-only";
import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { env } from "./env.ts";
import { openPool } from "./pool.ts";

/** A client or a transaction: every store function takes one first, and runs in whichever it is given. */
export type Db = Pick<
  NodePgDatabase,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction" | "$with" | "with"
>;

const holder = globalThis as { counterfoilPool?: pg.Pool };

function pool(): pg.Pool {
  if (!holder.counterfoilPool) {
    holder.counterfoilPool = openPool({
      connectionString: env().DATABASE_URL,
      max: 12,
      idleTimeoutMillis: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      application_name: "counterfoil",
    });
  }
  return holder.counterfoilPool;
}

let cached: NodePgDatabase | undefined;

/** The process's own database handle; pass it down, never call it below the doors and the worker. */
export function db(): NodePgDatabase {
  cached ??= drizzle({ client: pool(), casing: "snake_case" });
  return cached;
}

/** What the database's clock shows: one clock for all processes. To the millisecond. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await db.execute<{ now: string }>(sql`select now()::timestamptz(3)::text as now`);
  return new Date(rows[0]?.now ?? "");
}

export async function closeDb(): Promise<void> {
  await holder.counterfoilPool?.end();
  delete holder.counterfoilPool;
  cached = undefined;
}

/** True for PostgreSQL's unique_violation (23505) on the named constraint or index. */
export function violates(error: unknown, constraint: string): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && at.code === "23505" && "constraint" in at && at.constraint === constraint)
      return true;
  }
  return false;
}
