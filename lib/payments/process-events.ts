import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { concernOf, isOfNothing } from "#lib/processor/types.ts";
import { EVENT, eventItem, listRung, settleEvents } from "#lib/processor/webhooks/inbox.ts";
import { settleAttempt } from "./attempts/settle-attempt.ts";
import { readDispute } from "./disputes/record-dispute.ts";
import { readRefund } from "./refunds/settle-refund.ts";
import { findAttemptBySession } from "./store.ts";

/**
 * Works through an account's waiting events of payments: each only says what to ask about. One that fails waits with its reason
 * and keeps nobody from the rest; a processor that does not answer, or takes no key, does: then it throws.
 */
export async function processEvents(db: Db, accountId: string): Promise<void> {
  await eachAlone(db, await listRung(db, accountId, "payments"), {
    kind: EVENT,
    idOf: ({ objectRef }) => eventItem(accountId, objectRef),
    concerns: concernOf,
    async work({ about, objectRef, eventIds }) {
      const named = { processorAccountId: accountId, objectRef };
      try {
        if (about === "refund") await readRefund(db, named);
        else if (about === "dispute") await readDispute(db, named);
        else await settleSession(db, named);
      } catch (error) {
        if (!isOfNothing(error)) throw error;
        log.warn({ account: accountId, about, objectRef }, "payment.event-of-nothing");
      }
      await settleEvents(db, eventIds);
    },
  });
}

async function settleSession(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<void> {
  const attempt = await findAttemptBySession(db, processorAccountId, objectRef);
  if (attempt) await settleAttempt(db, attempt.id);
}
