import type { Db } from "#lib/core/db.ts";
import { amountTyped } from "#lib/core/money/amount-typed.ts";
import { mayChoose } from "#lib/payments/attempts/charge-amount-rules.ts";
import { keepLines } from "./keep-lines.ts";
import { type CheckoutPage, hasChanged } from "./read.ts";
import type { CheckoutLine } from "./store.ts";

export type Chosen =
  | { kind: "kept" }
  /** What was typed for this invoice is no amount that may be paid of it. Nothing was kept. */
  | { kind: "wrong"; invoiceId: string; typed: string }
  /** The firm takes no parts, or what is owed has changed: the page says so. */
  | { kind: "not_now" };

/**
 * The payer types how much to pay of each invoice; nothing typed is all of it. What they choose is kept in the checkout,
 * with what is owed now: when that changes, they are asked again.
 */
export async function chooseAmounts(
  db: Db,
  page: CheckoutPage,
  { typed, ip }: { typed: Map<string, string>; ip: string | null },
): Promise<Chosen> {
  const { checkout, lines, partMinimumMinor } = page;
  if (partMinimumMinor === null || page.captureId || page.submittedAt || hasChanged(page))
    return { kind: "not_now" };
  const chosen: CheckoutLine[] = [];
  for (const { invoiceId, number, nowMinor } of lines) {
    const text = typed.get(invoiceId)?.trim() ?? "";
    const amountMinor = text === "" ? nowMinor : amountTyped(text, checkout.currency);
    if (
      amountMinor === null ||
      !mayChoose(amountMinor, nowMinor, { minimumMinor: partMinimumMinor, currency: checkout.currency })
    )
      return { kind: "wrong", invoiceId, typed: text };
    chosen.push({
      invoiceId,
      number,
      amountMinor,
      partOfMinor: amountMinor < nowMinor ? nowMinor : null,
    });
  }
  await keepLines(db, checkout, { action: "amounts.chosen", lines: chosen, ip });
  return { kind: "kept" };
}
