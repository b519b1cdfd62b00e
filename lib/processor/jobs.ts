import { z } from "zod";

/** Events of an account wait in the inbox. */
export const eventsArrived = { name: "processor.events", payload: z.strictObject({ accountId: z.uuid() }) };
