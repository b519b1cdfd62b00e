import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { limiter } from "#lib/core/limits.ts";
import { bucketOf } from "#lib/core/web/client-address.ts";
import { type Device, hasSignedIn } from "./device.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { verifyNothing, verifyPassword } from "./password.ts";
import { openSession } from "./sessions.ts";
import { getUserByEmail } from "./store.ts";

export type Credentials = {
  email: string;
  password: string;
  ip: string | null;
  userAgent: string | null;
  /** Null for a browser in which nobody has signed in yet. */
  device: Device | null;
};

const byAccount = limiter("sign-in-account", { points: 10, seconds: 15 * 60 });
const byAddress = limiter("sign-in-address", { points: 40, seconds: 15 * 60 });
const byDevice = limiter("sign-in-device", { points: 10, seconds: 15 * 60 });

/**
 * A new session's token for the right e-mail and password. Throws `unauthenticated`, in the same words and time for an
 * unknown person, a wrong password and a disabled person; `too_many` after ten wrong tries at an account or forty from
 * an address within a quarter of an hour. In a browser where this person signed in before, only its own ten tries count,
 * and it need not stand in line behind strangers: nobody else can keep them out there.
 */
export async function signIn(
  db: Db,
  { email: typed, password, ip, userAgent, device }: Credentials,
): Promise<string> {
  const email = normaliseEmail(typed);
  const account = email ?? typed.slice(0, 254);
  // Behind no known proxy nobody has an address: one count for everyone would let a stranger lock all out.
  const address = ip === null ? null : bucketOf(ip);
  const own = device && hasSignedIn(device, account) ? `${device.id} ${account}` : null;
  if (own) await byDevice.consume(own);
  else {
    if (address) await byAddress.consume(address);
    await byAccount.consume(account);
  }

  const user = email ? await getUserByEmail(db, email) : undefined;
  const caller = { name: own ?? address ?? account, isKnown: own !== null };
  const fits =
    user && !user.disabledAt
      ? await verifyPassword(password, user.passwordHash, caller)
      : await verifyNothing(password, caller);
  if (!user || !fits) throw new AppError("unauthenticated", "Incorrect e-mail or password.");

  if (own) await byDevice.reset(own);
  else {
    await byAccount.reset(account);
    if (address) await byAddress.giveBack(address);
  }
  return openSession(db, user.id, { ip, userAgent });
}
