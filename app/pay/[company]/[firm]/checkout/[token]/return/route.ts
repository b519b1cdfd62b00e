import { unstable_rethrow } from "next/navigation";
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
  try {
    const { checkout } = await checkoutAt(params);
    const live = await liveAttemptOf(db(), checkout.id);
    if (live) await settleAttempt(db(), live.id);
  } catch (error) {
    unstable_rethrow(error);
    // The payer has paid, perhaps: the receipt's page says what is known, or that it can't be shown now.
    if (error instanceof ProcessorFault) log.warn({ fault: error.kind }, "payment.return-unsettled");
    else log.error({ err: error }, "payment.return-failed");
  }
  return seeOther(`${checkoutPath(params)}/receipt`);
}
