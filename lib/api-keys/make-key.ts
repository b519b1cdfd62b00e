import "server-only";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { LIVE_OF_A_NAME, newKey, type OrderProcess, type Scope } from "./key.ts";

type NewKeyInput = {
  connectionId: string;
  name: string;
  scopes: Scope[];
  /** What its orders become where they don't say; null: as the organisation is set. */
  process?: OrderProcess | null;
};

/**
 * An owner makes a key for one system and one of the firm's organisations. Answers the key: it is shown once and kept only as
 * a hash. Throws AppError `conflict` when two of this name live already, `not_found` for an organisation that is not connected.
 */
export async function makeKey(
  db: Db,
  caller: FirmCaller,
  { connectionId, name, scopes, process = null }: NewKeyInput,
): Promise<string> {
  const { firm, actor } = caller;
  requireAbility(firm, "settings");
  const { organisationName } = await requireLive(db, firm, connectionId);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`api_keys ${connectionId}`}))`);
    const [live] = await tx
      .select({ keys: count() })
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.connectionId, connectionId),
          sql`lower(${apiKeys.name}) = lower(${name})`,
          isNull(apiKeys.revokedAt),
        ),
      );
    if ((live?.keys ?? 0) >= LIVE_OF_A_NAME) {
      throw new AppError(
        "conflict",
        `Two keys named "${name}" work for ${organisationName} already: revoke the one that is no longer used, or choose another name.`,
        { field: "name" },
      );
    }
    const { key, ...kept } = newKey();
    const [made] = await tx
      .insert(apiKeys)
      .values({ ...kept, firmId: firm.firmId, connectionId, name, scopes, process, madeBy: actor.userId })
      .returning({ id: apiKeys.id });
    await recordBy(tx, caller, {
      action: "api-key.made",
      subject: `api-key:${made?.id}`,
      detail: {
        name,
        organisation: organisationName,
        prefix: kept.prefix,
        scopes: scopes.join(" "),
        process,
      },
    });
    return key;
  });
}
