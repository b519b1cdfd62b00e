import fc from "fast-check";
import { expect, test } from "vitest";
import { stepOf } from "#lib/core/money/currencies.ts";
import { CURRENCIES } from "#lib/core/money/currency-table.ts";
import { excessOf, roomOf } from "./surplus-rules.ts";

test("in every currency, what an invoice no longer takes is an amount that can go back", () => {
  const charged = Object.keys(CURRENCIES).filter((code) => CURRENCIES[code]?.stripe);
  fc.assert(
    fc.property(
      fc.constantFrom(...charged),
      fc.bigInt(1n, 10n ** 7n),
      fc.bigInt(0n, 10n ** 9n),
      (currency, steps, dueMinor) => {
        const paid = steps * stepOf(currency);
        const invoice = { type: "ACCREC", status: "AUTHORISED", currency, dueMinor };
        const [excess] = excessOf([{ invoiceId: "i", amountMinor: paid }], () => roomOf(invoice, currency));
        const back = excess?.amountMinor ?? 0n;
        expect(back % stepOf(currency)).toBe(0n);
        expect(paid - back).toBeLessThanOrEqual(dueMinor);
      },
    ),
  );
});
