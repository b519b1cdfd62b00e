import type { FieldError } from "#components/forms/error-summary.tsx";
import type { PartFormProps } from "#components/pay/choose/part-form.tsx";
import type { CheckoutPage } from "#lib/checkout/read.ts";
import { stepInWords } from "#lib/core/money/amount-typed.ts";
import { formatMoney, toDecimal } from "#lib/core/money/money.ts";
import { partRange } from "#lib/payments/attempts/charge-amount-rules.ts";

type Parts = { lines: PartFormProps["lines"]; errors: FieldError[] };

/** What may be typed for each invoice; null where there is nothing to choose. `wrong` is what was typed and not taken. */
export function partsOf(page: CheckoutPage, wrong: { part?: unknown; typed?: unknown }): Parts | null {
  const { partMinimumMinor: least, checkout } = page;
  const money = (minor: bigint) => ({ minor, currency: checkout.currency });
  if (least === null) return null;
  const rangeOf = (nowMinor: bigint) => {
    const range = partRange(nowMinor, least, checkout.currency);
    return range && { least: money(range.leastMinor), most: money(range.mostMinor) };
  };
  const lines = page.lines.map(({ invoiceId, number, amountMinor, partOfMinor, nowMinor }) => ({
    invoiceId,
    number,
    owed: money(nowMinor),
    part: rangeOf(nowMinor),
    typed:
      invoiceId === wrong.part
        ? String(wrong.typed ?? "").slice(0, 40)
        : partOfMinor === null
          ? ""
          : toDecimal(money(amountMinor)),
  }));
  if (lines.every(({ part }) => part === null)) return null;
  return {
    lines,
    errors: lines
      .filter((line) => line.invoiceId === wrong.part)
      .map(({ invoiceId, owed, part }) => ({
        field: `amount-${invoiceId}`,
        message: part
          ? `Type an amount from ${formatMoney(part.least)} to ${formatMoney(part.most)}${stepInWords(checkout.currency)}, or nothing to pay all of it.`
          : `No part of ${formatMoney(owed)} can be paid: leave it empty to pay all of it.`,
      })),
  };
}
