import fc from "fast-check";
import { expect, test } from "vitest";
import { unchargeable } from "#lib/core/money/currencies.ts";
import { CURRENCIES } from "#lib/core/money/currency-table.ts";
import { mayChoose, partRange, unpayableOf, whyUnpayable } from "./charge-amount-rules.ts";
import { unpayableInWords } from "./unpayable-words.ts";

test.each<[bigint[], string, string | null]>([
  [[20n], "GBP", "The smallest online payment is £0.30."],
  [[20n, 20n], "GBP", null],
  [[60_000_000n, 60_000_000n], "AUD", "The largest online payment is A$999,999.99."],
  [
    [10_050n],
    "JPY",
    "Online payments in JPY are made in steps of ¥1, and this amount falls between two of them.",
  ],
  // Together they are whole yen; each of them is still what Xero is told of one invoice.
  [
    [10_050n, 10_050n],
    "JPY",
    "Online payments in JPY are made in steps of ¥1, and this amount falls between two of them.",
  ],
  [[100_000n], "IQD", "Online payments can't be made in IQD."],
  [Array<bigint>(101).fill(100n), "AUD", "At most 100 invoices can be paid at once."],
  [Array<bigint>(100).fill(100n), "AUD", null],
])("%s hundredths of %s: %s", (amounts, currency, words) => {
  const because = whyUnpayable(amounts, currency);
  expect(because && unpayableInWords(because, currency)).toBe(words);
});

test("whatever part may be chosen can be charged, and so can what it leaves", () => {
  const charged = Object.keys(CURRENCIES).filter((code) => CURRENCIES[code]?.stripe);
  fc.assert(
    fc.property(
      fc.constantFrom(...charged),
      fc.bigInt(1n, 10n ** 9n),
      fc.bigInt(1n, 10n ** 6n),
      fc.bigInt(0n, 10n ** 9n),
      (currency, owed, minimumMinor, typed) => {
        const range = partRange(owed, minimumMinor, currency);
        const part = range
          ? range.leastMinor + (typed % (range.mostMinor - range.leastMinor + 1n))
          : typed % (owed + 1n);
        const step =
          CURRENCIES[currency]?.stripe?.decimals === 0 || CURRENCIES[currency]?.digits === 0 ? 100n : 1n;
        const whole = part - (part % step);
        if (whole === owed || !mayChoose(whole, owed, { minimumMinor, currency })) return;
        expect(whole).toBeGreaterThanOrEqual(minimumMinor);
        expect(unchargeable({ minor: whole, currency })).toBeNull();
        expect(unchargeable({ minor: owed - whole, currency })?.why ?? "most").toBe("most");
      },
    ),
  );
});

test("a rest below the least charge is never left", () => {
  const policy = { minimumMinor: 1_000n, currency: "GBP" };
  expect(partRange(10_000n, 1_000n, "GBP")).toEqual({ leastMinor: 1_000n, mostMinor: 9_970n });
  expect(mayChoose(9_970n, 10_000n, policy)).toBe(true);
  expect(mayChoose(9_971n, 10_000n, policy)).toBe(false);
  expect(mayChoose(10_000n, 10_000n, policy)).toBe(true);
  expect(partRange(1_020n, 1_000n, "GBP")).toBeNull();
});

test("small invoices are payable where they come to enough together, a large one where parts are taken", () => {
  const owed = (...amounts: bigint[]) =>
    amounts.map((payableMinor, at) => ({ invoiceId: `i${at}`, payableMinor }));
  const whole = { currency: "GBP", minimumMinor: null };
  expect([...unpayableOf(owed(20n), whole).keys()]).toEqual(["i0"]);
  expect([...unpayableOf(owed(20n, 20n), whole).keys()]).toEqual([]);
  expect([...unpayableOf(owed(20n, 5_000n), whole).keys()]).toEqual([]);
  expect([...unpayableOf(owed(100_000_000n, 5_000n), whole).keys()]).toEqual(["i0"]);
  expect([...unpayableOf(owed(100_000_000n), { ...whole, minimumMinor: 100n }).keys()]).toEqual([]);
});
