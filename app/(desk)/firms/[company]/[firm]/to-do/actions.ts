"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { decideSurplus } from "#lib/payments/decide-surplus.ts";
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

const PLACES = ["next_invoice", "overpayment", "refund"] as const;

const surplusForm = z.strictObject({
  postingId: z.uuid(),
  from: z.uuid().optional(),
  to: z.union([z.enum(PLACES), z.uuid()], "Choose where it goes."),
});

export const sendSurplus = firmAction(surplusForm, "act", async ({ postingId, from, to }, caller) => {
  const kind = PLACES.find((place) => place === to);
  const destination = kind
    ? { kind }
    : { kind: "invoice" as const, invoiceId: to, fromInvoiceId: from ?? null };
  const became = await decideSurplus(db(), caller, { postingId, to: destination });
  refresh();
  return {
    settled: "Kept. Xero follows within a minute, and the payer gets a letter.",
    again: "The invoice takes all of it by now. Trying again.",
    succeeded: "It goes back, and the payer gets a letter. Xero is told of the rest.",
    pending: "It is on its way back. Xero is told of the rest once the bank has confirmed it.",
    asked: "Stripe has not answered yet. It is asked for again until it does, and goes back once.",
  }[became];
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
