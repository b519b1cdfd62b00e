import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { listWaitingEvents, settleEvent } from "#lib/processor/inbox.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { readDispute } from "./record-dispute.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { readRefund } from "./settle-refund.ts";
import { findAttemptBySession } from "./store.ts";

/**
 * Works through an account's waiting events of payments: each only says what to ask about. A processor that does not answer leaves the
 * rest waiting.
 */
export async function processEvents(db: Db, accountId: string): Promise<void> {
  for (const { id, about, objectRef } of await listWaitingEvents(db, accountId, "payments")) {
    const named = { processorAccountId: accountId, objectRef };
    try {
      if (about === "refund") await readRefund(db, named);
      else if (about === "dispute") await readDispute(db, named);
      else await settleSession(db, named);
    } catch (error) {
      // The processor knows no such thing: asking again would only keep us from the rest.
      if (!(error instanceof ProcessorFault && error.kind === "refused")) throw error;
      log.warn({ account: accountId, about, objectRef }, "payment.event-of-nothing");
    }
    await settleEvent(db, id);
  }
}

async function settleSession(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<void> {
  const attempt = await findAttemptBySession(db, processorAccountId, objectRef);
  if (attempt) await settleAttempt(db, attempt.id);
}
