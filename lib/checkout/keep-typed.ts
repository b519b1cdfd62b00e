import type { Db } from "#lib/core/db.ts";
import { showable } from "#lib/core/text/showable.ts";
import type { CheckoutPage } from "./read.ts";
import { changeCheckout } from "./store.ts";

/** Keeps what a payer typed although it is not right yet: the page that says so shows it again. Nothing once they have paid. */
export async function keepTyped(
  db: Db,
  { checkout, captureId, submittedAt }: CheckoutPage,
  { name, email }: { name: string; email: string },
): Promise<void> {
  if (captureId || submittedAt) return;
  await changeCheckout(db, checkout.id, {
    payerName: showable(name).trim().slice(0, 120),
    payerEmail: showable(email).trim().slice(0, 254),
  });
}
