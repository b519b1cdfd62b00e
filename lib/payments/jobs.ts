import { z } from "zod";

/** Money has arrived and is on record: the payer's receipt is due. */
export const captureRecorded = {
  name: "payments.capture-recorded",
  payload: z.strictObject({ captureId: z.uuid() }),
};
