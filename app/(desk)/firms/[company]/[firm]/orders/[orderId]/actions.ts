"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { chooseContact } from "#lib/orders/held/choose-contact.ts";
import { tryAgain } from "#lib/orders/held/try-again.ts";
import { cancelByStaff, creditByStaff } from "#lib/orders/take-back/take-back-by-staff.ts";

const oneOrder = z.strictObject({ orderId: z.uuid() });

export const sendTryOrder = firmAction(oneOrder, "act", async ({ orderId }, caller) => {
  const { left, isReadAnew } = await tryAgain(db(), caller, orderId);
  refresh();
  if (left === 0) return "Nothing keeps it any more: it goes to Xero within a minute.";
  const still =
    left === 1 ? "One thing still keeps it, see below." : `${left} things still keep it, see below.`;
  if (!isReadAnew) return still;
  return `${still} The desk is asking Xero anew: what was mended there counts within five minutes, and the order goes by itself.`;
});

const choice = z.strictObject({
  orderId: z.uuid(),
  key: z.string().min(1).max(600),
  contactId: z.uuid("Choose a contact."),
});

export const sendContact = firmAction(choice, "act", async (chosen, caller) => {
  const isReleased = await chooseContact(db(), caller, chosen);
  refresh();
  return isReleased
    ? "Kept for this and all later orders. It goes to Xero within a minute."
    : "Kept for this and all later orders. Something else still keeps this one, see below.";
});

export const sendCancel = firmAction(oneOrder, "act", async ({ orderId }, caller) => {
  await cancelByStaff(db(), caller, orderId);
  const { companySlug, firmSlug } = caller.firm;
  return redirect(`/firms/${companySlug}/${firmSlug}/orders/${orderId}?done=cancelled` as Route);
});

const creditForm = z.strictObject({
  orderId: z.uuid(),
  /** Made where the amount was looked over: sent twice it is one credit note. */
  refundNumber: z.string().regex(/^desk-[0-9a-f-]{36}$/),
  amount: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/),
  reason: line(200, "Say why: it stands on the credit note's lines."),
});

export const sendCredit = firmAction(creditForm, "act", async (asked, caller) => {
  await creditByStaff(db(), caller, asked);
  const { companySlug, firmSlug } = caller.firm;
  return redirect(`/firms/${companySlug}/${firmSlug}/orders/${asked.orderId}?done=credited` as Route);
});
