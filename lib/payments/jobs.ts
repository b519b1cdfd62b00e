import { z } from "zod";

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

/** A dispute has come, or has been decided: staff are told. */
export const disputeChanged = {
  name: "payments.dispute-changed",
  payload: z.strictObject({ disputeId: z.uuid(), state: z.enum(["open", "won", "lost"]) }),
};
