import "server-only";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { hashOf, newToken } from "#lib/core/ids.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { hashPassword } from "./password.ts";
import { NO_PASSWORD, PASSWORD_LINK_SECONDS, refusePassword } from "./rules.ts";
import { openSession, revokeAllSessions } from "./sessions.ts";
import {
  dropPasswordLinks,
  getOpenPasswordLink,
  getUserByEmail,
  insertPasswordLink,
  setPasswordHash,
  takePasswordLink,
} from "./store.ts";

/** A token with which this person sets a password, once, within three days. Older links of theirs stop working. */
export async function issuePasswordLink(tx: Db, userId: string): Promise<string> {
  const token = newToken();
  await dropPasswordLinks(tx, userId);
  await insertPasswordLink(tx, { tokenHash: hashOf(token), userId, seconds: PASSWORD_LINK_SECONDS });
  return token;
}

/** The same for whoever has this e-mail, asked for at the machine itself; null when nobody does. */
export async function issuePasswordLinkTo(db: Db, typed: string): Promise<string | null> {
  const user = await getUserByEmail(db, normaliseEmail(typed) ?? "");
  return user ? issuePasswordLink(db, user.id) : null;
}

/** Nobody may act as this person any more: the password is gone, and links and sessions stop working. */
export async function voidCredentials(tx: Db, userId: string): Promise<void> {
  await setPasswordHash(tx, userId, NO_PASSWORD);
  await dropPasswordLinks(tx, userId);
  await revokeAllSessions(tx, userId);
}

/** Whom an unused link is for, or null. */
export async function findPasswordLink(
  db: Db,
  token: string,
): Promise<{ name: string; email: string } | null> {
  const link = await getOpenPasswordLink(db, hashOf(token));
  return link ? { name: link.name, email: link.email } : null;
}

/**
 * Sets the password and signs the person in; returns the session's token. Throws `not_found` for a link that is used or
 * past its time, `invalid` for a weak password. Two tabs with one link: the first wins.
 */
export async function acceptPasswordLink(
  db: Db,
  {
    token,
    password,
    ip,
    userAgent,
  }: { token: string; password: string; ip: string | null; userAgent: string | null },
): Promise<string> {
  const person = await getOpenPasswordLink(db, hashOf(token));
  if (!person) throw gone();
  const refusal = refusePassword(password, person);
  if (refusal) throw new AppError("invalid", refusal, { field: "password" });
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    if (!(await takePasswordLink(tx, hashOf(token)))) throw gone();
    const { userId } = person;
    await setPasswordHash(tx, userId, passwordHash);
    await revokeAllSessions(tx, userId);
    await record(tx, {
      firmId: null,
      actor: `user:${userId}`,
      action: "person.password-set",
      subject: `user:${userId}`,
      ip,
    });
    return openSession(tx, userId, { ip, userAgent });
  });
}

function gone(): AppError {
  return new AppError(
    "not_found",
    "This link was used already, or its three days are over. Ask for a new one.",
  );
}
