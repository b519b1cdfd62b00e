"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { db } from "#lib/core/db.ts";
import { saveTier } from "#lib/xero/budget/save-tier.ts";
import { TIER_NAMES } from "#lib/xero/budget/usage-rules.ts";

const tierForm = z.strictObject({ tier: z.enum(TIER_NAMES) });

export const sendFirmTier = firmAction(tierForm, "connect", async ({ tier }, caller) => {
  await saveTier(db(), caller, { whose: "firm", tier });
  refresh();
  return "Saved.";
});

export const sendCompanyTier = firmAction(tierForm, "company", async ({ tier }, caller) => {
  await saveTier(db(), caller, { whose: "company", tier });
  refresh();
  return "Saved.";
});
