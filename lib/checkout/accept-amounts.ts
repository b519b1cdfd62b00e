import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import type { CheckoutPage } from "./read.ts";
import { replaceLines } from "./store.ts";

/** The payer has seen the new amounts and goes on with them. False when nothing is left to pay. */
export async function acceptAmounts(
  db: Db,
  { checkout, lines }: CheckoutPage,
  ip: string | null,
): Promise<boolean> {
  const left = lines.filter((line) => line.nowMinor > 0n);
  if (left.length === 0) return false;
  await db.transaction(async (tx) => {
    await replaceLines(
      tx,
      checkout,
      left.map(({ invoiceId, number, nowMinor }) => ({ invoiceId, number, amountMinor: nowMinor })),
    );
    await record(tx, {
      firmId: checkout.firmId,
      actor: "payer",
      action: "amounts.accepted",
      subject: `checkout:${checkout.id}`,
      detail: {
        currency: checkout.currency,
        lines: left.map((line) => `${line.invoiceId}=${line.nowMinor}`).join(" "),
      },
      ip,
    });
  });
  return true;
}
