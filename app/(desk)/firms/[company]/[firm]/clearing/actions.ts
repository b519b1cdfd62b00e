"use server";

import { refresh } from "next/cache";
import { after } from "next/server";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { explain } from "#app/door/errors.ts";
import { db } from "#lib/core/db.ts";
import { checkClearingNow } from "#lib/payouts/clearing/check-clearing.ts";

/** A check sits out Xero's minute where it must; a person, and what stands between us and their browser, do not. */
const PATIENCE_MS = 8_000;

const checkForm = z.strictObject({ connectionId: z.uuid() });

export const sendCheck = firmAction(checkForm, "act", async ({ connectionId }, caller) => {
  const check = checkClearingNow(db(), caller, connectionId).then(() => "done" as const);
  const late = new Promise<"late">((resolve) => setTimeout(resolve, PATIENCE_MS, "late"));
  if ((await Promise.race([check, late])) === "late") {
    after(() => check.catch(explain));
    return "Xero takes long to answer. The check goes on by itself: open this page again in a minute. If it still says the same then, check again.";
  }
  refresh();
  return "Checked with Xero just now.";
});
