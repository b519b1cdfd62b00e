import { withTimeout } from "#lib/core/concurrency/with-timeout.ts";
import { db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { missingMigrations } from "#lib/core/schema-version.ts";
import { healthAnswer } from "../health-answer.ts";

export const dynamic = "force-dynamic";

const PATIENCE_MS = 2_000;

/** This process can work: the database answers within two seconds and has had this build's migrations. Else 503, and why. */
export async function GET(): Promise<Response> {
  return healthAnswer(await withTimeout(PATIENCE_MS, whyNot(), "database"));
}

async function whyNot(): Promise<"database" | "migrations" | null> {
  try {
    return (await missingMigrations(db())) > 0 ? "migrations" : null;
  } catch (error) {
    log.warn({ err: error }, "health.database-unavailable");
    return "database";
  }
}
