import "server-only";
import { bucketOf } from "#lib/core/client-address.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { limiter } from "#lib/core/limits.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { verifyNothing, verifyPassword } from "./password.ts";
import { openSession } from "./sessions.ts";
import { getUserByEmail } from "./store.ts";

export type Credentials = { email: string; password: string; ip: string | null; userAgent: string | null };

const byAccount = limiter("sign-in-account", { points: 10, seconds: 15 * 60 });
const byAddress = limiter("sign-in-address", { points: 40, seconds: 15 * 60 });

/**
 * A new session's token for the right e-mail and password. Throws `unauthenticated`, in the same words and time for an
 * unknown person, a wrong password and a disabled person; `too_many` after ten wrong tries at an account or forty from
 * an address within a quarter of an hour.
 */
export async function signIn(
  db: Db,
  { email: typed, password, ip, userAgent }: Credentials,
): Promise<string> {
  const email = normaliseEmail(typed);
  const account = email ?? typed.slice(0, 254);
  // Behind no known proxy nobody has an address: one count for everyone would let a stranger lock all out.
  const address = ip === null ? null : bucketOf(ip);
  if (address) await byAddress.consume(address);
  await byAccount.consume(account);

  const user = email ? await getUserByEmail(db, email) : undefined;
  const fits =
    user && !user.disabledAt
      ? await verifyPassword(password, user.passwordHash)
      : await verifyNothing(password);
  if (!user || !fits) throw new AppError("unauthenticated", "This e-mail and password don't fit together.");

  await byAccount.reset(account);
  if (address) await byAddress.giveBack(address);
  return openSession(db, user.id, { ip, userAgent });
}
