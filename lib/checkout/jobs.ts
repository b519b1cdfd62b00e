import { z } from "zod";

/** A one-time code waits to be sent. */
export const codeAsked = { name: "checkout.code-asked", payload: z.strictObject({ codeId: z.uuid() }) };
