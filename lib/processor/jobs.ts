import { z } from "zod";

/** The processor no longer takes the key of the account that takes a firm's payments, or does again: staff are told. */
export const keyChanged = {
  name: "processor.key-changed",
  payload: z.strictObject({
    accountId: z.uuid(),
    state: z.enum(["refused", "taken"]),
    since: z.iso.datetime(),
  }),
};

/** Events of an account wait in the inbox. */
export const eventsArrived = { name: "processor.events", payload: z.strictObject({ accountId: z.uuid() }) };
