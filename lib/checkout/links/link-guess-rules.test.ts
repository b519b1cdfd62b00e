import fc from "fast-check";
import { expect, test } from "vitest";
import { type Counts, invoiceKey, questionOf, standingOf } from "./link-guess-rules.ts";
import { linkFromSearch } from "./link-rules.ts";

const link = (search: string) => {
  const read = linkFromSearch(search);
  if (!read) throw new Error("no link");
  return read;
};

test("whatever stands around a number, it is one invoice that is meant", () => {
  const number = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."INV-20/ &#+%é№") });
  fc.assert(
    fc.property(number, (text) => {
      const keys = [
        `invoice=${encodeURIComponent(text)}`,
        `invoice=${encodeURIComponent(encodeURIComponent(text))}`,
        `invoice=+${encodeURIComponent(text)}++`,
        `invoice=${encodeURIComponent(text)}&x=1`,
        `invoice=${encodeURIComponent(text.toLowerCase())}`,
        `a=b&invoice=${encodeURIComponent(text)}&amount=2.00`,
      ].map((search) => {
        const read = link(search);
        // Only what can reach this invoice need count with it.
        return read.numbers.includes(text.normalize("NFC")) ? invoiceKey(read) : null;
      });
      expect(new Set(keys.filter((key) => key !== null)).size).toBeLessThanOrEqual(1);
    }),
  );
  expect(invoiceKey(link("invoice=INV-2009"))).toBe("inv-2009");
  for (const decorated of ["inv-2009", "+INV-2009+", "INV-2009&utm=x", "INV%252D2009", "INV-2009%20%237"])
    expect(invoiceKey(link(`invoice=${decorated}`)), decorated).toBe("inv-2009");
});

test("an amount is one question however it is written; another amount, number or organisation is another", () => {
  const asked = (amount: string, number = "INV-1", more = "") =>
    questionOf(link(`amount=${amount}&invoice=${number}${more}`));
  for (const same of ["1200.00", "1200", "1,200.0", "01200.000", "+1200.00+"])
    expect(asked(same), same).toBe(asked("1200.00"));
  expect(asked("nonsense")).toBe(asked("1e3"));
  expect(
    new Set([asked("1200"), asked("120"), asked("1200", "INV-2"), asked("1200", "INV-1", "&short=!a")]).size,
  ).toBe(4);
});

test.each<[Partial<Counts>, "open" | "narrow" | "closed", "open" | "narrow"]>([
  [{}, "open", "open"],
  [{ callerAtInvoice: 4, ofCaller: 19, atInvoice: 4 }, "open", "open"],
  [{ callerAtInvoice: 5, ofCaller: 5, atInvoice: 5 }, "closed", "narrow"],
  [{ ofCaller: 20 }, "closed", "narrow"],
  [{ isCounted: false }, "closed", "narrow"],
  [{ atInvoice: 5 }, "narrow", "narrow"],
  [{ atFirm: 2_000 }, "open", "open"],
  [{ atFirm: 2_000, ofCaller: 1 }, "closed", "narrow"],
])(
  "with %j a right link is %s to a caller with an address, and %s to one without",
  (some, known, unknown) => {
    const counts = {
      ...{ isCounted: true, callerAtInvoice: 0, ofCaller: 0, atFirm: 0, atInvoice: 0 },
      ...some,
    };
    expect([standingOf(counts, true), standingOf(counts, false)]).toEqual([known, unknown]);
  },
);
