/** Small helpers over node:sqlite: prepared once, and transactions that nest. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

const caches = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** The prepared statement for this text, prepared once a database. */
export function statement(db: DatabaseSync, text: string): StatementSync {
  let cache = caches.get(db);
  if (!cache) {
    cache = new Map();
    caches.set(db, cache);
  }
  let prepared = cache.get(text);
  if (!prepared) {
    prepared = db.prepare(text);
    cache.set(text, prepared);
  }
  return prepared;
}

let depth = 0;

/** All of it or none of it. Inside another transaction it is a savepoint. Synchronous on purpose. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  const nested = db.isTransaction;
  const name = `s${++depth}`;
  db.exec(nested ? `savepoint ${name}` : "begin immediate");
  try {
    const result = work();
    db.exec(nested ? `release ${name}` : "commit");
    return result;
  } catch (error) {
    db.exec(nested ? `rollback to ${name}; release ${name}` : "rollback");
    throw error;
  } finally {
    depth--;
  }
}
