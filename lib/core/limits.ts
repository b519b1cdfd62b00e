import "server-only";
import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "./db.ts";
import { AppError } from "./errors.ts";
import { hashOf } from "./ids.ts";

export type Limiter = {
  /**
   * Counts one use of the key; how many are left in its window, and in how many seconds that ends. Throws `too_many` with
   * `retryAt` once the points of its window are spent.
   */
  consume(key: string): Promise<{ left: number; seconds: number }>;
  /** Whether the next `consume` would throw; counts nothing. */
  isBlocked(key: string): Promise<boolean>;
  /** Takes one use back: for what turned out to be no attack. */
  giveBack(key: string): Promise<void>;
  /** Forgets the key's uses. */
  reset(key: string): Promise<void>;
};

/**
 * At most `points` uses of a key in a window of `seconds` that starts with the first; shared by all processes through
 * the table rate_limits. It runs outside the caller's transaction, for a rollback must not undo the count. Keys are
 * kept hashed.
 */
export function limiter(name: string, { points, seconds }: { points: number; seconds: number }): Limiter {
  let made: RateLimiterPostgres | undefined;
  const store = () => {
    made ??= new RateLimiterPostgres({
      storeClient: { query: (query: pg.QueryConfig) => client().query(query) },
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: name,
      points,
      duration: seconds,
      inMemoryBlockOnConsumed: points + 1,
      // forgetLimits does it.
      clearExpiredByTimeout: false,
    });
    return made;
  };
  return {
    async consume(key) {
      try {
        const { remainingPoints, msBeforeNext } = await store().consume(hashOf(key));
        return { left: remainingPoints, seconds: Math.ceil(msBeforeNext / 1_000) };
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? tooMany(refusal.msBeforeNext) : refusal;
      }
    },
    async isBlocked(key) {
      const used = await store().get(hashOf(key));
      return used !== null && used.consumedPoints >= points;
    },
    async giveBack(key) {
      await store().reward(hashOf(key), 1);
    },
    async reset(key) {
      await store().delete(hashOf(key));
    },
  };
}

/** "Too many tries. Wait 9 minutes, then try again." */
function tooMany(waitMs: number): AppError {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return new AppError("too_many", `Too many tries. Wait ${wait}, then try again.`, {
    retryAt: new Date(Date.now() + waitMs),
  });
}

/** Drizzle keeps the pool it was made with as `$client`; db()'s declared type leaves it out. */
function client(): pg.Pool {
  return (db() as unknown as { $client: pg.Pool }).$client;
}
