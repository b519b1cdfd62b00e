import { coalesceCalls } from "#lib/core/concurrency/coalesce-calls.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { limiter } from "#lib/core/limits.ts";
import type { Books } from "#lib/mirror/books.ts";
import { wereReadWithin } from "#lib/mirror/sync/is-current.ts";
import { refreshOwed, trustsMirror } from "#lib/payments/attempts/refresh-owed.ts";
import { type Agreed, isStillOpen } from "#lib/payments/attempts/start-attempt.ts";

/** An open payment that was confirmed this short a time ago is not confirmed again. */
const FRESH_SECONDS = 10;

/** Once a payer's share of calls is used up, what was read this short a time ago will do. */
const RECENT_SECONDS = 60;

/**
 * How often one client's payers, and one address, make us ask Xero: far more than paying takes, and far less than an
 * organisation may be asked in a minute (60 calls) or a day (1,000 in the Starter tier, xero-platform 1.9, 2.1).
 */
const SHARES = [
  {
    of: "client",
    minute: limiter("confirm-client", { points: 6, seconds: 60 }),
    day: limiter("confirm-client-day", { points: 60, seconds: 86_400 }),
  },
  {
    of: "caller",
    minute: limiter("confirm-caller", { points: 20, seconds: 60 }),
    day: limiter("confirm-caller-day", { points: 200, seconds: 86_400 }),
  },
] as const;

export type Confirming = {
  agreed: Agreed;
  /** Whose invoices they are. */
  contactId: string;
  /** Where the payer is, or null when it can't be known. */
  ip: string | null;
};

/**
 * Whether what this payer agreed to pay is known to be as Xero has it now. Asks Xero, but not where nothing can have changed,
 * once for presses that come together, and no more than one payer's share of the organisation's calls.
 */
export async function isConfirmed(db: Db, confirming: Confirming): Promise<boolean> {
  const { agreed } = confirming;
  const asked = { invoiceIds: idsOf(agreed), withinSeconds: FRESH_SECONDS };
  if ((await wereReadWithin(db, agreed.connectionId, asked)) && (await isStillOpen(db, agreed))) return true;
  return look(db, agreed.checkoutId, confirming);
}

/** Presses of one checkout that come while it is being looked at go together with the next look. */
const look = coalesceCalls<Confirming, boolean>(async (db, _, [confirming]) => {
  if (!confirming) return false;
  const { agreed, contactId, ip } = confirming;
  const books: Books = { firmId: agreed.firmId, connectionId: agreed.connectionId };
  const invoiceIds = idsOf(agreed);
  if (
    await hasShare({
      client: `${books.connectionId} ${contactId}`,
      caller: ip && `${books.connectionId} ${ip}`,
    })
  )
    return refreshOwed(db, books, invoiceIds);
  const recent = { invoiceIds, withinSeconds: RECENT_SECONDS };
  return (
    (await wereReadWithin(db, books.connectionId, recent)) || (await trustsMirror(db, books, invoiceIds))
  );
});

async function hasShare(keys: { client: string; caller: string | null }): Promise<boolean> {
  try {
    for (const { of, minute, day } of SHARES) {
      const key = keys[of];
      if (key === null) continue;
      await minute.consume(key);
      await day.consume(key);
    }
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many") return false;
    throw error;
  }
}

function idsOf({ lines }: Agreed): string[] {
  return lines.map((line) => line.invoiceId);
}
