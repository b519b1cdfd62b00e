"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { db } from "#lib/core/db.ts";
import { setAutoSync } from "#lib/xero/organisations/auto-sync.ts";

const autoSyncForm = z.strictObject({
  connectionId: z.uuid(),
  on: z.enum(["yes", "no"]).transform((word) => word === "yes"),
});

export const sendAutoSync = firmAction(autoSyncForm, "settings", async (input, caller) => {
  await setAutoSync(db(), caller, input);
  revalidatePath(`/firms/${caller.firm.companySlug}/${caller.firm.firmSlug}/connections`);
  return input.on
    ? "Automatic reading is on. What changed meanwhile is being read."
    : "Automatic reading is off.";
});
