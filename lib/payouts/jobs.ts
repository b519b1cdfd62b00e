import { z } from "zod";

/** Asks the processors what they have paid out, so that a lost event changes nothing. */
export const pollPayouts = { name: "payouts.poll", payload: z.strictObject({}) };

/** Holds each clearing account against what should be on it. */
export const checkClearing = { name: "payouts.check-clearing", payload: z.strictObject({}) };
