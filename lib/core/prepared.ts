import "server-only";
import type { Db } from "./db.ts";

type Statement<R> = { execute(values: Record<string, unknown>): Promise<R> };

/**
 * A query that pages ask all the time: its SQL is built once for a handle, and PostgreSQL parses it once for a
 * connection. `build` writes `sql.placeholder("x")` where a call gives the value `x`; a list goes in as one array. Write
 * what an index's condition names as SQL text, for a plan that serves all values can't use the index otherwise. The name
 * is the statement's own: PostgreSQL knows it by that.
 */
export function prepared<R>(
  name: string,
  build: (db: Db) => { prepare(name: string): Statement<R> },
): (db: Db, values: Record<string, unknown>) => Promise<R> {
  const statements = new WeakMap<Db, Statement<R>>();
  return (db, values) => {
    let statement = statements.get(db);
    if (!statement) {
      statement = build(db).prepare(name);
      statements.set(db, statement);
    }
    return statement.execute(values);
  };
}
