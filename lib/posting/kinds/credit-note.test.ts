import fc from "fast-check";
import { expect, test } from "vitest";
import { CURRENCIES } from "#lib/core/money/currency-table.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { creditNoteOf } from "./credit-note.ts";

const invoiceOf = (lines: bigint[]) => ({
  contactId: "c",
  date: "2026-11-21",
  lines: lines.map((grossMinor) => ({ description: "", accountCode: "200", taxType: "NONE", grossMinor })),
});
const grossOf = (lines: bigint[], amountMinor: bigint, currency: string) =>
  creditNoteOf(invoiceOf(lines), { amountMinor, currency, date: "2026-11-29" }).lines.map((line) =>
    BigInt(line.gross),
  );

test("its lines come to the payment that pays it out, in Xero's hundredths and in every currency", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(CURRENCIES)),
      fc.array(fc.bigInt(1n, 10n ** 9n), { minLength: 1, maxLength: 8 }),
      fc.bigInt(1n, 10n ** 9n),
      (currency, lines, amount) => {
        const amountMinor = (amount % sumOf(lines)) + 1n;
        expect(sumOf(grossOf(lines, amountMinor, currency))).toBe(amountMinor);
      },
    ),
  );
});

test.each([
  ["KWD", [412n, 412n, 412n], 400n, [134n, 133n, 133n]],
  ["KWD", [412n, 412n, 412n], 500n, [167n, 167n, 166n]],
  ["JPY", [50n, 50n], 100n, [50n, 50n]],
  ["JPY", [30_000n, 30_000n, 30_000n], 10_000n, [3_400n, 3_300n, 3_300n]],
])("%s %s: a refund of %s is %s", (currency, lines, amountMinor, gross) => {
  expect(grossOf(lines, amountMinor, currency)).toEqual(gross);
});
