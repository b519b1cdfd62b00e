import type { Db } from "#lib/core/db.ts";
import type { Unfinished } from "#lib/core/failures/unfinished.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { KIND_NAMES, type KindName, kindOf } from "./kinds.ts";

export type Late = { kind: KindName; rows: Unfinished[] };

/** What of a firm should have ended by now, by kind; kinds of which there is nothing are left out. Throws `forbidden` to who may not see. */
export async function listLate(db: Db, firm: FirmContext): Promise<Late[]> {
  requireAbility(firm, "see");
  return lateOf(db, firm.firmId);
}

/** The same for who has authorised it. */
export async function lateOf(db: Db, firmId: string): Promise<Late[]> {
  return listOf(db, { firmId });
}

/** The same of every firm, for those who run the desk: nobody is asking who may. `anyAge`: also what has its time still. */
export async function listAllLate(db: Db, { anyAge = false } = {}): Promise<Late[]> {
  return listOf(db, { anyAge });
}

async function listOf(
  db: Db,
  { firmId, anyAge = false }: { firmId?: string; anyAge?: boolean },
): Promise<Late[]> {
  const all = await Promise.all(
    KIND_NAMES.map(async (kind) => {
      const { list, minutes } = kindOf(kind);
      return { kind, rows: await list(db, { minutes: anyAge ? 0 : minutes, firmId }) };
    }),
  );
  return all.filter(({ rows }) => rows.length > 0);
}
