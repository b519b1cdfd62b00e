"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { db } from "#lib/core/db.ts";
import { checkClearingNow } from "#lib/payouts/check-clearing.ts";

const checkForm = z.strictObject({ connectionId: z.uuid() });

export const sendCheck = firmAction(checkForm, "act", async ({ connectionId }, caller) => {
  await checkClearingNow(db(), caller, connectionId);
  refresh();
  return "Checked with Xero just now.";
});
