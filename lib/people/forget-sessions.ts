import { lt, or } from "drizzle-orm";
import { passwordLinks, sessions } from "#db/schema/people.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets sessions and password links that have ended. */
export async function forgetSessions(db: Db): Promise<number> {
  const [since, linksSince] = [daysAgo(AGES.sessions), daysAgo(AGES.passwordLinks)];
  return (
    (await deleteOld(db, sessions, or(lt(sessions.expiresAt, since), lt(sessions.revokedAt, since)))) +
    (await deleteOld(db, passwordLinks, lt(passwordLinks.expiresAt, linksSince)))
  );
}
