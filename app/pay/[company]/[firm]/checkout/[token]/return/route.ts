import { seeOther } from "#app/door/see-other.ts";
import { db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { liveAttemptOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";

/** Back from the processor's page: asks it once what happened, whatever the address says, then shows the receipt. */
export async function GET(_: Request, context: { params: Promise<CheckoutParams> }): Promise<Response> {
  const params = await context.params;
  const { checkout } = await checkoutAt(params);
  const live = await liveAttemptOf(db(), checkout.id);
  if (live) {
    try {
      await settleAttempt(db(), live.id);
    } catch (error) {
      if (!(error instanceof ProcessorFault)) throw error;
      log.warn({ attempt: live.id, fault: error.kind }, "payment.return-unsettled");
    }
  }
  return seeOther(`${checkoutPath(params)}/receipt`);
}
