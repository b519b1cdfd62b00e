import type { Db } from "#lib/core/db.ts";
import { showable } from "#lib/core/showable.ts";
import { changeCheckout } from "./store.ts";

/** Keeps what a payer typed although it is not right yet: the page that says so shows it again. */
export async function keepTyped(
  db: Db,
  checkoutId: string,
  { name, email }: { name: string; email: string },
): Promise<void> {
  await changeCheckout(db, checkoutId, {
    payerName: showable(name).trim().slice(0, 120),
    payerEmail: showable(email).trim().slice(0, 254),
  });
}
