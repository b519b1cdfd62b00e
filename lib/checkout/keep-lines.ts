import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { type Checkout, type CheckoutLine, replaceLines } from "./store.ts";

type Said = {
  action: "amounts.accepted" | "amounts.chosen";
  lines: CheckoutLine[];
  ip: string | null;
};

/** What the payer has agreed to, in the checkout and in the timeline. */
export async function keepLines(db: Db, checkout: Checkout, { action, lines, ip }: Said): Promise<void> {
  await db.transaction(async (tx) => {
    await replaceLines(tx, checkout, lines);
    await record(tx, {
      firmId: checkout.firmId,
      actor: "payer",
      action,
      subject: `checkout:${checkout.id}`,
      detail: {
        currency: checkout.currency,
        lines: lines.map((line) => `${line.invoiceId}=${line.amountMinor}`).join(" "),
      },
      ip,
    });
  });
}
