import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { NOT_AN_EMAIL } from "#lib/core/text/email.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { hashPassword } from "./password.ts";
import { refusePassword } from "./rules.ts";
import { getUserByEmail, insertUser } from "./store.ts";

/** A person with a password, for set-up and seeds; everyone else is invited. Throws `invalid` with the field at fault. */
export async function createUser(
  tx: Db,
  { email: typed, name, password }: { email: string; name: string; password: string },
): Promise<string> {
  const email = normaliseEmail(typed);
  if (!email) throw new AppError("invalid", NOT_AN_EMAIL, { field: "email" });
  const refusal = refusePassword(password, { email, name });
  if (refusal) throw new AppError("invalid", refusal, { field: "password" });
  if (await getUserByEmail(tx, email))
    throw new AppError("invalid", "This e-mail is in use.", { field: "email" });
  return insertUser(tx, { email, name, passwordHash: await hashPassword(password) });
}
