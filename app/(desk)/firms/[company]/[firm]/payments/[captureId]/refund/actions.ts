"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { formatMoney } from "#lib/core/money.ts";
import { amountTyped } from "#lib/payments/amount-typed.ts";
import { readRefundable } from "#lib/payments/read-refund.ts";
import { startRefund } from "#lib/payments/start-refund.ts";

const refundForm = z.strictObject({
  captureId: z.uuid(),
  amount: line(30, "Type the amount."),
  note: line(200, "Say why: whoever looks later will ask."),
});

export const sendRefund = firmAction(refundForm, "act", async ({ captureId, amount, note }, caller) => {
  const payment = await readRefundable(db(), caller.firm, captureId);
  if (!payment) throw new AppError("not_found", "There is no such payment.");
  const { currency } = payment;
  const amountMinor = amountTyped(amount, currency);
  if (amountMinor === null)
    throw new AppError("invalid", `Type an amount in ${currency}, such as 40.00.`, { field: "amount" });
  const state = await startRefund(db(), caller, { captureId, amountMinor, note });
  refresh();
  const money = formatMoney({ minor: amountMinor, currency });
  return {
    succeeded: `${money} goes back. Xero follows within a minute, and the payer gets a letter.`,
    pending: `${money} is on its way back. Xero follows once the bank has confirmed it.`,
    asked: `Stripe has not answered yet. ${money} is asked for again until it does, and goes back once.`,
  }[state];
});
