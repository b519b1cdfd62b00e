"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { db } from "#lib/core/db.ts";
import { savePayoutSettings } from "#lib/payouts/payout-settings.ts";

const payoutsForm = z.strictObject({
  connectionId: z.uuid(),
  bankAccountId: z.string().min(1, "Choose a bank account.").max(100),
  feeAccountCode: z.string().min(1, "Choose an account.").max(100),
  feeTaxType: z.string().min(1, "Choose a tax rate.").max(100),
  taxedFeeTaxType: z.string().max(100).optional(),
  feesPer: z.enum(["payout", "payment"]),
  startsOn: z.iso.date("Give a day."),
});

export const sendPayouts = firmAction(payoutsForm, "settings", async (input, caller) => {
  await savePayoutSettings(db(), caller, { ...input, taxedFeeTaxType: input.taxedFeeTaxType || null });
  refresh();
  return "Tested and saved: payouts are written to Xero by themselves.";
});
