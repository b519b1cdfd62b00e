import { z } from "zod";
import { disputes } from "#db/schema/refunds-and-disputes.ts";

/** Money has arrived and is on record: the payer's receipt is due. */
export const captureRecorded = {
  name: "payments.capture-recorded",
  payload: z.strictObject({ captureId: z.uuid() }),
};

/** A bank debit has failed days after the payer gave it: they are told. */
export const debitFailed = {
  name: "payments.debit-failed",
  payload: z.strictObject({ attemptId: z.uuid() }),
};

/** Money has gone back to a payer: they are told. */
export const refundSucceeded = {
  name: "payments.refund-succeeded",
  payload: z.strictObject({ refundId: z.uuid() }),
};

/** A refund that was on its way, or there already, did not reach the payer: staff are told. */
export const refundFailed = {
  name: "payments.refund-failed",
  payload: z.strictObject({ refundId: z.uuid() }),
};

/** Money that its invoice no longer took has gone elsewhere in the books: the payer is told. */
export const surplusSettled = {
  name: "payments.surplus-settled",
  payload: z.strictObject({ surplusIds: z.array(z.uuid()).min(1) }),
};

/** Money has gone back, or a dispute is lost: Xero is to be told, as soon as it is known what it has of the payment. */
export const xeroToTell = { name: "payments.xero-to-tell", payload: z.strictObject({}) };

const disputeStood = z.strictObject({ state: z.enum(disputes.state.enumValues), withdrawn: z.string() });

/** A dispute has come, or its stage or its money has changed, for the so-manieth time: staff may be told. */
export const disputeChanged = {
  name: "payments.dispute-changed",
  payload: z.strictObject({
    disputeId: z.uuid(),
    change: z.number().int(),
    was: disputeStood.nullable(),
    is: disputeStood,
  }),
};
