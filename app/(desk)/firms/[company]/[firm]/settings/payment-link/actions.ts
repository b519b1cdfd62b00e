"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { db } from "#lib/core/db.ts";
import { chooseClearing } from "#lib/payouts/clearing/choose-clearing.ts";

const clearingForm = z.strictObject({
  connectionId: z.uuid(),
  accountId: z.string().min(1, "Choose an account.").max(100),
});

export const sendClearing = firmAction(clearingForm, "settings", async (input, caller) => {
  const { name, isBank } = await chooseClearing(db(), caller, input);
  refresh();
  const saved = `Tested and saved: payments are written to ${name}.`;
  return isBank
    ? saved
    : `${saved} Payouts and overpayments can't be: Xero writes them to accounts of the type Bank only, and this is none.`;
});
