"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { markPayoutByHand } from "#lib/payouts/by-hand.ts";
import { markByHand, retryPostings } from "#lib/posting/retry.ts";

const retryForm = z.strictObject({
  /** One or several, with spaces between. */
  postingIds: z
    .string()
    .max(40_000)
    .transform((text) => text.split(" "))
    .pipe(z.array(z.uuid()).min(1).max(1_000)),
});

export const sendRetry = firmAction(retryForm, "act", async ({ postingIds }, caller) => {
  const count = await retryPostings(db(), caller, postingIds);
  refresh();
  return count === 1 ? "Trying again." : `Trying ${count} again.`;
});

const byHandForm = z.strictObject({
  postingId: z.uuid(),
  note: line(300, "Say what you did in Xero: whoever looks later will ask."),
});

export const sendByHand = firmAction(byHandForm, "act", async (input, caller) => {
  await markByHand(db(), caller, input);
  refresh();
  return "Kept. It will not be sent to Xero.";
});

const payoutForm = z.strictObject({
  payoutId: z.uuid(),
  note: line(300, "Say what you did in Xero: whoever looks later will ask."),
});

export const sendPayoutByHand = firmAction(payoutForm, "act", async (input, caller) => {
  await markPayoutByHand(db(), caller, input);
  refresh();
  return "Kept. The desk writes nothing more of this payout.";
});
