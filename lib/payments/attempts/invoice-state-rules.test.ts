import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumOf } from "#lib/core/money/money.ts";
import { mayPay, mismatch, owed, refuse } from "./invoice-state-rules.ts";

const open = { type: "ACCREC", status: "AUTHORISED", currency: "AUD", dueMinor: 1n };
const amount = fc.bigInt(0n, 10n ** 12n);

describe("what may be taken for an invoice", () => {
  test("only a sale that Xero calls authorised, in its own currency, with something due", () => {
    expect(refuse(open, "AUD")).toBeNull();
    for (const status of ["DRAFT", "SUBMITTED", "PAID", "VOIDED", "DELETED", "", "authorised"])
      expect(refuse({ ...open, status }, "AUD")).toBe("not_payable");
    for (const type of ["ACCPAY", "ACCRECCREDIT", ""])
      expect(refuse({ ...open, type }, "AUD")).toBe("not_payable");
    expect(refuse(open, "USD")).toBe("other_currency");
    for (const dueMinor of [0n, -1n]) expect(refuse({ ...open, dueMinor }, "AUD")).toBe("nothing_due");
  });

  test("never below nothing, never more than is due, and what is on its way is not asked for twice", () => {
    fc.assert(
      fc.property(amount, fc.array(amount, { maxLength: 8 }), (due, onItsWay) => {
        const left = owed(due, onItsWay);
        expect(left >= 0n && left <= due).toBe(true);
        const sent = sumOf(onItsWay);
        expect(left).toBe(sent >= due ? 0n : due - sent);
      }),
    );
  });

  test("all that is owed, or a part of at least the firm's minimum, where the firm takes parts; never more", () => {
    fc.assert(
      fc.property(amount, amount, fc.option(fc.bigInt(1n, 10n ** 12n)), (paid, due, minimum) => {
        const may = mayPay(paid, due, minimum);
        expect(may).toBe(paid > 0n && paid <= due && (paid === due || (minimum !== null && paid >= minimum)));
      }),
    );
    expect(mayPay(100n, 100n, null)).toBe(true);
    expect(mayPay(50n, 100n, 50n)).toBe(true);
    expect(mayPay(40n, 40n, 50n)).toBe(true);
    for (const [paid, minimum] of [
      [50n, null],
      [49n, 50n],
      [101n, 50n],
      [0n, 50n],
      [-1n, null],
    ] as const)
      expect(mayPay(paid, 100n, minimum)).toBe(false);
  });

  test("more on its way never makes more owed", () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(amount),
        amount,
        (due, before, more) => owed(due, [...before, more]) <= owed(due, before),
      ),
    );
  });

  test("a credit never becomes a debt", () => expect(owed(-500n, [])).toBe(0n));
});

test("money that arrives is what was held to the minor unit, or a person is told", () => {
  const held = { currency: "AUD", amountMinor: 100n };
  expect(mismatch(held, held)).toBeNull();
  expect(mismatch(held, { ...held, amountMinor: 99n })).toContain("99");
  expect(mismatch(held, { ...held, currency: "NZD" })).toContain("NZD");
  fc.assert(
    fc.property(
      amount,
      amount,
      (one, other) =>
        (mismatch({ ...held, amountMinor: one }, { ...held, amountMinor: other }) === null) ===
        (one === other),
    ),
  );
});
