import type { Db } from "#lib/core/db.ts";
import { listWaitingEvents, settleEvent } from "#lib/processor/inbox.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { readRefund } from "./settle-refund.ts";
import { findAttemptBySession } from "./store.ts";

/** Works through an account's waiting events: each only says what to ask about. A fault leaves the rest waiting. */
export async function processEvents(db: Db, accountId: string): Promise<void> {
  for (const { id, about, objectRef } of await listWaitingEvents(db, accountId)) {
    if (about === "refund") {
      await readRefund(db, { processorAccountId: accountId, objectRef });
    } else {
      const attempt = await findAttemptBySession(db, accountId, objectRef);
      if (attempt) await settleAttempt(db, attempt.id);
    }
    await settleEvent(db, id);
  }
}
