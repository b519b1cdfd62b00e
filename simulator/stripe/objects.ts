import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { getAccount } from "./accounts.ts";

/** Stripe's objects are kept as the API shows them, with nothing expanded. */
export type Stored = { id: string; object: string; created?: number };

/** Its `livemode` is that of its account. */
export function insertObject<T extends Stored>(world: World, account: string, given: T): T {
  const object = "livemode" in given ? { ...given, livemode: getAccount(account).livemode } : given;
  statement(
    world.db,
    "insert into stripe_objects (id, account, object, created, data) values (?, ?, ?, ?, ?)",
  ).run(object.id, account, object.object, object.created ?? 0, JSON.stringify(object));
  return object;
}

export function saveObject<T extends Stored>(world: World, object: T): T {
  statement(world.db, "update stripe_objects set data = ? where id = ?").run(
    JSON.stringify(object),
    object.id,
  );
  return object;
}

export function deleteObject(world: World, id: string): void {
  statement(world.db, "delete from stripe_objects where id = ?").run(id);
}

/** The caller says what the id stands for: `kind` is checked, so the type holds. */
export function getObject<T extends Stored>(
  world: World,
  account: string,
  kind: T["object"],
  id: string,
): T | undefined {
  const select = "select data from stripe_objects where id = ? and account = ? and object = ?";
  const row = statement(world.db, select).get(id, account, kind);
  return row && (JSON.parse(String(row.data)) as T);
}

/** Whatever has this id; to show it inside another. */
export function getAny(world: World, account: string, id: string): Stored | undefined {
  const row = statement(world.db, "select data from stripe_objects where id = ? and account = ?").get(
    id,
    account,
  );
  return row && (JSON.parse(String(row.data)) as Stored);
}

/** Newest first, as Stripe lists. */
export function listObjects<T extends Stored>(world: World, account: string, kind: T["object"]): T[] {
  const select = "select data from stripe_objects where account = ? and object = ? order by seq desc";
  return statement(world.db, select)
    .all(account, kind)
    .map((row) => JSON.parse(String(row.data)) as T);
}

/** Of one payment, newest first. */
export function listOfIntent<T extends Stored>(
  world: World,
  account: string,
  kind: T["object"],
  intent: string,
): T[] {
  const select = `select data from stripe_objects
    where json_extract(data, '$.payment_intent') = ? and account = ? and object = ? order by seq desc`;
  return statement(world.db, select)
    .all(intent, account, kind)
    .map((row) => JSON.parse(String(row.data)) as T);
}

/** For pages and control, which know an id and no key. */
export function ownerOf(world: World, id: string): string | undefined {
  const row = statement(world.db, "select account from stripe_objects where id = ?").get(id);
  return row && String(row.account);
}
