import "server-only";
import { timingSafeEqual } from "node:crypto";
import { and, eq, lt, or, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { limiter } from "#lib/core/limits.ts";
import { getLine } from "#lib/xero/organisations/connections.ts";
import { prefixOf, type Scope } from "./key.ts";

/** Who asks by a key, and for which organisation. */
export type KeyCaller = {
  keyId: string;
  name: string;
  firmId: string;
  connectionId: string;
  organisationName: string;
  scopes: Scope[];
};

export type Presented =
  | { kind: "known"; caller: KeyCaller }
  /** No key, or not this one: all alike. */
  | { kind: "unknown" }
  | { kind: "revoked"; caller: KeyCaller; at: Date }
  /** Staff have disconnected its organisation. */
  | { kind: "disconnected"; caller: KeyCaller };

const wrongKeys = limiter("api-key-wrong", { points: 30, seconds: 600 });

/**
 * Whose key this is; notes that it was used, to the minute. `from`: the bucket of the caller's address, in which keys that
 * are unknown count. Throws AppError `too_many` once there were thirty of those in ten minutes.
 */
export async function authenticate(db: Db, presented: string, from: string): Promise<Presented> {
  const found = await lookUp(db, presented);
  if (!found) {
    await wrongKeys.consume(from);
    return { kind: "unknown" };
  }
  const { keyId, name, firmId, connectionId, scopes, revokedAt } = found;
  const line = await getLine(db, connectionId);
  const organisationName = line?.organisationName ?? "";
  const caller = { keyId, name, firmId, connectionId, organisationName, scopes };
  if (revokedAt) return { kind: "revoked", caller, at: revokedAt };
  if (!line || line.ended) return { kind: "disconnected", caller };
  await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.id, keyId),
        or(sql`${apiKeys.lastUsedAt} is null`, lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    );
  return { kind: "known", caller };
}

async function lookUp(db: Db, presented: string) {
  const prefix = prefixOf(presented);
  if (!prefix) return undefined;
  const [row] = await db
    .select({
      keyId: apiKeys.id,
      name: apiKeys.name,
      keyHash: apiKeys.keyHash,
      revokedAt: apiKeys.revokedAt,
      firmId: apiKeys.firmId,
      connectionId: apiKeys.connectionId,
      scopes: apiKeys.scopes,
    })
    .from(apiKeys)
    .where(eq(apiKeys.prefix, prefix));
  const isIt = row && timingSafeEqual(Buffer.from(row.keyHash), Buffer.from(hashOf(presented)));
  return isIt ? row : undefined;
}
