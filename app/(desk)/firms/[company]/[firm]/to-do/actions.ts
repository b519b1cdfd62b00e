"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { reopenLinks } from "#lib/checkout/links/reopen-links.ts";
import { db } from "#lib/core/db.ts";
import { decideSurplus } from "#lib/payments/overpayments/decide-surplus.ts";
import { markPayoutByHand } from "#lib/payouts/by-hand.ts";
import { CAUSES } from "#lib/posting/causes.ts";
import { listRefused } from "#lib/posting/read.ts";
import { markByHand, retryPostings } from "#lib/posting/retry.ts";
import { settleBreak } from "#lib/reconcile/settle-break.ts";

const retryForm = z.strictObject({ postingId: z.uuid() });

export const sendRetry = firmAction(retryForm, "act", async ({ postingId }, caller) => {
  await retryPostings(db(), caller, [postingId]);
  refresh();
  return "Trying again.";
});

const retryAllForm = z.strictObject({ cause: z.enum(CAUSES) });

export const sendRetryAll = firmAction(retryAllForm, "act", async ({ cause }, caller) => {
  const refused = await listRefused(db(), caller.firm);
  const ids = refused.filter((row) => row.cause === cause).map(({ postingId }) => postingId);
  const count = await retryPostings(db(), caller, ids);
  refresh();
  return `Trying ${count} again.`;
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

const settleForm = z.strictObject({
  breakId: z.uuid(),
  note: line(300, "Say what you found or did: whoever looks later will ask."),
});

export const sendSettled = firmAction(settleForm, "act", async (input, caller) => {
  await settleBreak(db(), caller, input);
  refresh();
  return "Kept. It has left the list.";
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

const reopenForm = z.strictObject({
  caller: z.string().min(1).max(60),
  invoiceKey: z.string().max(255).optional(),
});

export const sendReopen = firmAction(reopenForm, "act", async ({ caller, invoiceKey }, by) => {
  await reopenLinks(db(), by, { caller, invoiceKey: invoiceKey ?? null });
  refresh();
  return "Open again.";
});
