import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { apiReplays } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";

/** A request that carries an Idempotency-Key, by its sender's key; `requestHash` is of all that it asks for. */
export type KeyedRequest = { keyId: string; key: string; requestHash: string };

export type Begun =
  /** The first of its key: whoever asked goes on, and ends with `keepAnswer` or `forgetRequest`. */
  | { kind: "first" }
  /** Answered before. */
  | { kind: "answered"; status: number; body: string }
  /** The first one is under way. */
  | { kind: "running" }
  /** The key was used for something else. */
  | { kind: "other" };

/** Seconds after which the first one was surely cut off: no request takes so long. */
const CUT_OFF_SECONDS = 120;

/** Notes that a request begins, or says what became of the one of its key (draft-ietf-httpapi-idempotency-key-header). */
export async function beginRequest(db: Db, { keyId, key, requestHash }: KeyedRequest): Promise<Begun> {
  const begun = await db
    .insert(apiReplays)
    .values({ apiKeyId: keyId, key, requestHash })
    .onConflictDoUpdate({
      target: [apiReplays.apiKeyId, apiReplays.key],
      set: { at: sql`now()` },
      setWhere: sql`${and(
        isNull(apiReplays.status),
        eq(apiReplays.requestHash, requestHash),
        sql`${apiReplays.at} < now() - make_interval(secs => ${CUT_OFF_SECONDS})`,
      )}`,
    })
    .returning({ key: apiReplays.key });
  if (begun.length > 0) return { kind: "first" };
  const [kept] = await db.select().from(apiReplays).where(isIt({ keyId, key }));
  // It was let go in between.
  if (!kept) return { kind: "running" };
  if (kept.requestHash !== requestHash) return { kind: "other" };
  return kept.status === null
    ? { kind: "running" }
    : { kind: "answered", status: kept.status, body: kept.body ?? "" };
}

/** From now on the same request is answered alike. */
export async function keepAnswer(
  db: Db,
  request: KeyedRequest,
  { status, body }: { status: number; body: string },
): Promise<void> {
  await db.update(apiReplays).set({ status, body }).where(isIt(request));
}

/** It came to nothing that lasts: the key is as if it had never been used. */
export async function forgetRequest(db: Db, request: KeyedRequest): Promise<void> {
  await db.delete(apiReplays).where(and(isIt(request), isNull(apiReplays.status)));
}

function isIt({ keyId, key }: Pick<KeyedRequest, "keyId" | "key">) {
  return and(eq(apiReplays.apiKeyId, keyId), eq(apiReplays.key, key));
}
