import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { cancelAttempts, type GivenUp } from "#lib/payments/attempts/cancel-attempts.ts";
import { inFlight } from "#lib/payments/in-flight.ts";

type Held = { firmId: string; connectionId: string; invoiceIds: string[]; ip: string | null };

/**
 * A payer who was shown these invoices starts again where somebody, perhaps they themselves on another device, has begun to
 * pay and not finished: what was begun is ended at the processor first, and only then are the invoices free.
 */
export async function startAgain(db: Db, { firmId, connectionId, invoiceIds, ip }: Held): Promise<GivenUp> {
  const holds = [...(await inFlight(db, connectionId, invoiceIds)).values()].flatMap(
    ({ hold }) => hold ?? [],
  );
  if (holds.some(({ submittedAt }) => submittedAt !== null)) return "submitted";
  const attemptIds = [...new Set(holds.map(({ attemptId }) => attemptId))];
  for (const attemptId of attemptIds)
    await record(db, {
      ...{ firmId, actor: "payer", action: "payment.started-again", subject: `attempt:${attemptId}`, ip },
    });
  return cancelAttempts(db, attemptIds);
}
