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
  const { name } = await chooseClearing(db(), caller, input);
  refresh();
  return `Tested and saved: payments are written to ${name}.`;
});
