import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";

/** From the next request on it opens nothing. Throws AppError `conflict` when it was revoked before, or is no key of this firm. */
export async function revokeKey(db: Db, caller: FirmCaller, keyId: string): Promise<{ name: string }> {
  const { firm, actor } = caller;
  requireAbility(firm, "settings");
  return db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()`, revokedBy: actor.userId })
      .where(and(eq(apiKeys.id, keyId), eq(apiKeys.firmId, firm.firmId), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name, prefix: apiKeys.prefix });
    if (!revoked) throw new AppError("conflict", "This key is revoked already.");
    await recordBy(tx, caller, {
      action: "api-key.revoked",
      subject: `api-key:${keyId}`,
      detail: revoked,
    });
    return { name: revoked.name };
  });
}
