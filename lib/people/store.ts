import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { passwordLinks, sessions, users } from "#db/schema/people.ts";
import type { Db } from "#lib/core/db.ts";
import { SESSION_IDLE_SECONDS, SESSION_SECONDS } from "./rules.ts";

const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;

export async function getUserByEmail(db: Db, email: string) {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  return user;
}

export async function insertUser(
  db: Db,
  row: { email: string; name: string; passwordHash: string },
): Promise<string> {
  const [user] = await db.insert(users).values(row).returning({ id: users.id });
  if (!user) throw new Error("A user was inserted and not returned");
  return user.id;
}

export async function setPasswordHash(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db.update(users).set({ passwordHash }).where(eq(users.id, userId));
}

type NewSession = { tokenHash: string; userId: string; ip: string | null; userAgent: string | null };

export async function insertSession(db: Db, row: NewSession): Promise<void> {
  await db.insert(sessions).values({ ...row, expiresAt: inSeconds(SESSION_SECONDS) });
}

/** The live session with its person: not revoked, not idle, not past its end, the person not disabled. */
export async function getLiveSession(db: Db, tokenHash: string) {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      isStale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        isNull(sessions.revokedAt),
        isNull(users.disabledAt),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, inSeconds(-SESSION_IDLE_SECONDS)),
      ),
    );
  return row;
}

/** At most one write a minute, however many requests come at once. */
export async function touchSession(db: Db, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), sql`${sessions.lastSeenAt} < now() - interval '1 minute'`));
}

export async function endSession(db: Db, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
}

export async function endSessionsOf(db: Db, userId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)));
}

export async function insertPasswordLink(
  db: Db,
  row: { tokenHash: string; userId: string; seconds: number },
): Promise<void> {
  const { seconds, ...rest } = row;
  await db.insert(passwordLinks).values({ ...rest, expiresAt: inSeconds(seconds) });
}

/** Every link that this person has not used stops working. */
export async function dropPasswordLinks(db: Db, userId: string): Promise<void> {
  await db.delete(passwordLinks).where(and(eq(passwordLinks.userId, userId), isNull(passwordLinks.usedAt)));
}

const isOpen = (tokenHash: string) =>
  and(
    eq(passwordLinks.tokenHash, tokenHash),
    isNull(passwordLinks.usedAt),
    gt(passwordLinks.expiresAt, sql`now()`),
  );

export async function getOpenPasswordLink(db: Db, tokenHash: string) {
  const [row] = await db
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(passwordLinks)
    .innerJoin(users, and(eq(users.id, passwordLinks.userId), isNull(users.disabledAt)))
    .where(isOpen(tokenHash));
  return row;
}

/** Compare and set: false when someone else used the link first, or its time is over. */
export async function takePasswordLink(db: Db, tokenHash: string): Promise<boolean> {
  const taken = await db
    .update(passwordLinks)
    .set({ usedAt: sql`now()` })
    .where(isOpen(tokenHash))
    .returning({ userId: passwordLinks.userId });
  return taken.length === 1;
}
