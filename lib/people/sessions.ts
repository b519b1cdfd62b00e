import "server-only";
import type { Db } from "#lib/core/db.ts";
import { hashOf, newToken } from "#lib/core/ids.ts";
import type { Actor } from "./actor.ts";
import { endSession, endSessionsOf, getLiveSession, insertSession, touchSession } from "./store.ts";

/** A new session for a person who proved who they are; the token goes into the browser's cookie and nowhere else. */
export async function openSession(
  db: Db,
  userId: string,
  from: { ip: string | null; userAgent: string | null },
): Promise<string> {
  const token = newToken();
  await insertSession(db, {
    tokenHash: hashOf(token),
    userId,
    ip: from.ip,
    userAgent: from.userAgent?.slice(0, 300) ?? null,
  });
  return token;
}

/** Who holds this token, or null when the session is over: by sign-out, time, or the person being disabled. */
export async function findSession(db: Db, token: string): Promise<Actor | null> {
  const session = await getLiveSession(db, hashOf(token));
  if (!session) return null;
  const { isStale, ...actor } = session;
  if (isStale) await touchSession(db, actor.sessionId);
  return actor;
}

export async function revokeSession(db: Db, sessionId: string): Promise<void> {
  await endSession(db, sessionId);
}

export async function revokeAllSessions(db: Db, userId: string): Promise<void> {
  await endSessionsOf(db, userId);
}
