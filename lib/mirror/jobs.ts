import { z } from "zod";

/** Reads the next pages of an organisation's backfill. */
export const backfill = { name: "mirror.backfill", payload: z.strictObject({ connectionId: z.uuid() }) };

/** Reads what changed in an organisation since the last time. */
export const delta = { name: "mirror.delta", payload: z.strictObject({ connectionId: z.uuid() }) };

/** Asks again for what could not be read in an organisation. */
export const again = {
  name: "mirror.again",
  payload: z.strictObject({ firmId: z.uuid(), connectionId: z.uuid() }),
};

/** Works through the webhook inbox. */
export const inbox = { name: "mirror.inbox", payload: z.strictObject({ appId: z.uuid() }) };
