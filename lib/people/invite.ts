import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { NOT_AN_EMAIL } from "#lib/core/text/email.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { NO_PASSWORD } from "./rules.ts";
import { getUserByEmail, insertUser } from "./store.ts";

/** The person with this e-mail, made without a password when there is none. Throws `invalid` on a bad address. */
export async function findOrInvite(
  tx: Db,
  { email: typed, name }: { email: string; name: string },
): Promise<{ userId: string; isNew: boolean }> {
  const email = normaliseEmail(typed);
  if (!email) throw new AppError("invalid", NOT_AN_EMAIL, { field: "email" });
  const known = await getUserByEmail(tx, email);
  if (known) return { userId: known.id, isNew: false };
  return { userId: await insertUser(tx, { email, name, passwordHash: NO_PASSWORD }), isNew: true };
}
