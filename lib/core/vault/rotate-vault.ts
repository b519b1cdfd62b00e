import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { currentPrefix, keyNameOf, open, type SealedColumn, seal } from "./vault.ts";

/** What came of one column: rows sealed anew, and rows still under another key, by that key's name. */
export type Rotated = SealedColumn & { resealed: number; left: Record<string, number> };

const BATCH = 100;

/**
 * Seals every secret in these columns anew with the current key, while the product reads and writes them. A row is one
 * statement that changes nothing if the row has changed since it was read, so that it can be stopped anywhere and run
 * again. What no key opens is left as it is, and counted in `left`.
 */
export async function rotateVault(db: Db, columns: SealedColumn[]): Promise<Rotated[]> {
  const rotated: Rotated[] = [];
  for (const column of columns) {
    const resealed = await reseal(db, column);
    rotated.push({ ...column, resealed, left: await countLeft(db, column) });
  }
  return rotated;
}

async function reseal(db: Db, at: SealedColumn): Promise<number> {
  let resealed = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await db.execute<{ id: string; sealed: string }>(
      sql`select id, ${name(at.column)} as sealed from ${name(at.table)}
        where id > ${after} and not starts_with(${name(at.column)}, ${currentPrefix()}) order by id limit ${BATCH}`,
    );
    for (const row of rows) if (await resealRow(db, at, row)) resealed += 1;
    const last = rows.at(-1);
    if (!last) return resealed;
    after = last.id;
  }
}

async function resealRow(
  db: Db,
  { table, column }: SealedColumn,
  { id, sealed }: { id: string; sealed: string },
): Promise<boolean> {
  const place = { table, row: id, column };
  let anew: string;
  try {
    anew = seal(open(sealed, place), place);
  } catch {
    return false;
  }
  const { rowCount } = await db.execute(
    sql`update ${name(table)} set ${name(column)} = ${anew} where id = ${id} and ${name(column)} = ${sealed}`,
  );
  return rowCount === 1;
}

async function countLeft(db: Db, { table, column }: SealedColumn): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ sealed: string }>(
    sql`select ${name(column)} as sealed from ${name(table)} where not starts_with(${name(column)}, ${currentPrefix()})`,
  );
  const left: Record<string, number> = {};
  for (const { sealed } of rows) left[keyNameOf(sealed)] = (left[keyNameOf(sealed)] ?? 0) + 1;
  return left;
}

const name = (identifier: string) => sql.identifier(identifier);
