import type { Db } from "#lib/core/db.ts";
import { listWaitingEvents, settleEvent } from "#lib/processor/inbox.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { findAttemptBySession } from "./store.ts";

/** Works through an account's waiting events: each only says which session to ask about. A fault leaves the rest waiting. */
export async function processEvents(db: Db, accountId: string): Promise<void> {
  for (const event of await listWaitingEvents(db, accountId)) {
    const attempt = await findAttemptBySession(db, accountId, event.objectRef);
    if (attempt) await settleAttempt(db, attempt.id);
    await settleEvent(db, event.id);
  }
}
