/** Named values that survive a restart (clock offset, limits, switches), kept as JSON. */
import type { DatabaseSync } from "node:sqlite";
import { statement } from "./sql.ts";

type HasDb = { db: DatabaseSync };

/** The stored value, or the given one while nothing is stored. The caller owns the key and so its shape. */
export function getSetting<T>({ db }: HasDb, key: string, otherwise: T): T {
  const row = statement(db, "select value from core_settings where key = ?").get(key);
  return row ? (JSON.parse(String(row.value)) as T) : otherwise;
}

export function setSetting({ db }: HasDb, key: string, value: unknown): void {
  statement(db, "insert or replace into core_settings (key, value) values (?, ?)").run(
    key,
    JSON.stringify(value),
  );
}

/** Back to the caller's default value. */
export function clearSetting({ db }: HasDb, key: string): void {
  statement(db, "delete from core_settings where key = ?").run(key);
}
