import type { FieldError } from "#components/error-summary.tsx";
import type { PartFormProps } from "#components/pay/part-form.tsx";
import type { CheckoutPage } from "#lib/checkout/read.ts";
import { formatMoney, toDecimal } from "#lib/core/money.ts";

type Parts = { lines: PartFormProps["lines"]; errors: FieldError[] };

/** What may be typed for each invoice; null where there is nothing to choose. `wrong` is what was typed and not taken. */
export function partsOf(page: CheckoutPage, wrong: { part?: unknown; typed?: unknown }): Parts | null {
  const { partMinimumMinor: least, checkout } = page;
  const money = (minor: bigint) => ({ minor, currency: checkout.currency });
  if (least === null || page.lines.every((line) => line.nowMinor <= least)) return null;
  const lines = page.lines.map(({ invoiceId, number, amountMinor, partOfMinor, nowMinor }) => ({
    invoiceId,
    number,
    owed: money(nowMinor),
    least: nowMinor > least ? money(least) : null,
    typed:
      invoiceId === wrong.part
        ? String(wrong.typed ?? "").slice(0, 40)
        : partOfMinor === null
          ? ""
          : toDecimal(money(amountMinor)),
  }));
  return {
    lines,
    errors: lines
      .filter((line) => line.invoiceId === wrong.part)
      .map(({ invoiceId, owed }) => ({
        field: `amount-${invoiceId}`,
        message: `Type an amount from ${formatMoney(money(least))} to ${formatMoney(owed)}, or nothing to pay all of it.`,
      })),
  };
}
