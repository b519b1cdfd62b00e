import type { Db } from "#lib/core/db.ts";
import { keepLines } from "./keep-lines.ts";
import { type CheckoutPage, goingOn } from "./read.ts";

/** The payer has seen the new amounts and goes on with them. False when nothing is left to pay, or it is paid. */
export async function acceptAmounts(db: Db, page: CheckoutPage, ip: string | null): Promise<boolean> {
  const lines = goingOn(page);
  if (lines.length === 0 || page.captureId || page.submittedAt) return false;
  await keepLines(db, page.checkout, { action: "amounts.accepted", lines, ip });
  return true;
}
