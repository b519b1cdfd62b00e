import "server-only";
import pg from "pg";
import { log } from "./log.ts";

/**
 * How long PostgreSQL may work on a statement, and how long we wait for its answer: PostgreSQL says no first, so that the
 * second tells of a network or a server that has gone silent. Another `query_timeout` may stand in DATABASE_URL.
 */
export const PATIENCE = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  query_timeout: 20_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/** The same for the queue in the worker, whose upkeep deletes what is old by itself. */
export const UPKEEP_PATIENCE = {
  ...PATIENCE,
  connectionTimeoutMillis: 10_000,
  statement_timeout: 60_000,
  query_timeout: 70_000,
};

/**
 * pg 8.23 fails a query that got no answer in time and keeps its connection, on which everything after it would wait
 * too. Here the connection ends with it.
 */
class Client extends pg.Client {
  override query(...args: unknown[]): never {
    const answer: unknown = Reflect.apply(super.query, this, args);
    if (answer instanceof Promise) answer.catch((error) => (isUnanswered(error) ? this.end() : undefined));
    return answer as never;
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === "Query read timeout";
}

type Taken = Parameters<pg.Pool["connect"]>[0];

/** A pool that gets each lost connection back, also from drizzle-orm 0.45, which keeps one whose "begin" has failed. */
class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(taken: Taken): void;
  override connect(taken?: Taken): unknown {
    return taken ? super.connect(taken) : super.connect().then(backWhenLost);
  }
}

function backWhenLost(client: pg.PoolClient): pg.PoolClient {
  const giveBack = client.release.bind(client);
  const lost = () => client.release(true);
  let isBack = false;
  client.release = (error) => {
    if (isBack) return;
    isBack = true;
    client.removeListener("end", lost);
    giveBack(error);
  };
  client.once("end", lost);
  return client;
}

/**
 * Ours are many short statements. Where one is estimated dear, PostgreSQL would compile it anew each time it runs, which takes
 * longer than to run it (PostgreSQL 18, "When to JIT?").
 */
const WITHOUT_JIT = "-c jit=off";

/** A pool that a silent network can't empty. Lost connections are logged; what was at work on one gets the error. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new Pool({ ...PATIENCE, options: WITHOUT_JIT, ...config, Client });
  // A client in use that loses its connection says so by an event of its own; unheard, it would end the process.
  pool.on("connect", (client) =>
    client.on("error", (error) => log.warn({ err: error }, "db.connection-lost")),
  );
  pool.on("error", (error) => log.warn({ err: error }, "db.idle-connection-lost"));
  return pool;
}
