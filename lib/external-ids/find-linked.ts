import { and, eq, inArray } from "drizzle-orm";
import { recordLinks } from "#db/schema/external-ids.ts";
import type { Db } from "#lib/core/db.ts";
import type { LinkKind } from "./rules.ts";

/** Xero's ids of what another system calls its records of a kind, by its own ids, in one organisation; `system` in any case. */
export async function findLinked(
  db: Db,
  connectionId: string,
  { system, kind, theirIds }: { system: string; kind: LinkKind; theirIds: string[] },
): Promise<Map<string, string>> {
  if (theirIds.length === 0) return new Map();
  const rows = await db
    .select({ theirId: recordLinks.theirId, xeroId: recordLinks.xeroId })
    .from(recordLinks)
    .where(
      and(
        eq(recordLinks.connectionId, connectionId),
        eq(recordLinks.system, system.toLowerCase()),
        eq(recordLinks.kind, kind),
        inArray(recordLinks.theirId, theirIds),
      ),
    );
  return new Map(rows.map(({ theirId, xeroId }) => [theirId, xeroId]));
}
