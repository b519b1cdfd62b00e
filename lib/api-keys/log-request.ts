import "server-only";
import { apiRequests } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import type { KeyCaller } from "./authenticate.ts";
import { blotted, blottedPath } from "./blot.ts";

/** The longest address that is kept of a request. */
const MOST = 500;

type Asked = Pick<
  typeof apiRequests.$inferInsert,
  "requestId" | "method" | "path" | "status" | "milliseconds"
> & {
  /** Null where all went well. */
  problem: string | null;
  /** JSON; null where nothing was sent. */
  sent: string | null;
  answered: string;
};

/** Keeps what was asked with a key, and what came of it; personal fields are blotted out. */
export async function logRequest(db: Db, { firmId, keyId }: KeyCaller, asked: Asked): Promise<void> {
  await db.insert(apiRequests).values({
    ...{ ...asked, path: blottedPath(asked.path).slice(0, MOST), firmId, apiKeyId: keyId },
    ...{ sent: asked.sent === null ? null : blotted(asked.sent), answered: blotted(asked.answered) },
  });
}
