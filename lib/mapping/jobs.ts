import { z } from "zod";

/** An organisation's mapping was saved, or a contact chosen for who buys: orders that were held or refused for want of it may go on. */
export const mappingChanged = {
  name: "mapping.changed",
  payload: z.strictObject({ connectionId: z.uuid() }),
};
