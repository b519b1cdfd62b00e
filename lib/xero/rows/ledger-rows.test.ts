import { expect, test } from "vitest";
import { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { CurrencyCode } from "xero-node/dist/gen/model/accounting/currencyCode.js";
import { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import { readCreditNote, readListedPayment, readTaxRate } from "./ledger-rows.ts";

const credit: CreditNote = {
  creditNoteID: "c-1",
  type: CreditNote.TypeEnum.ACCRECCREDIT,
  status: CreditNote.StatusEnum.AUTHORISED,
  contact: { contactID: "who" },
  currencyCode: CurrencyCode.JPY,
  total: 1200.5,
  remainingCredit: 200.5,
  updatedDateUTC: new Date("2026-11-21T10:00:00Z"),
};

test("a credit note's amounts are hundredths, half yen too", () => {
  const allocations = [{ invoice: { invoiceID: "i-1" }, amount: 1000, date: "2026-11-20" }];
  expect(readCreditNote({ ...credit, allocations })).toMatchObject({
    ...{ totalMinor: 120_050n, remainingMinor: 20_050n },
    allocations: [{ invoiceId: "i-1", amountMinor: "100000" }],
  });
});

test("an allocation that was taken back is none", () => {
  const gone = { invoice: { invoiceID: "i-1" }, amount: 1000, date: "2026-11-20", isDeleted: true };
  expect(readCreditNote({ ...credit, allocations: [gone] }).allocations).toEqual([]);
});

const payment: Payment = {
  paymentID: "p-1",
  paymentType: Payment.PaymentTypeEnum.ACCRECPAYMENT,
  status: Payment.StatusEnum.AUTHORISED,
  amount: 12.5,
  updatedDateUTC: new Date("2026-11-21T10:00:00Z"),
};

test("a payment's currency is its invoice's, or its credit's", () => {
  const invoice = { invoiceID: "i-1", currencyCode: CurrencyCode.GBP };
  expect(readListedPayment({ ...payment, invoice })).toMatchObject({
    ...{ invoiceId: "i-1", currency: "GBP", amountMinor: 1_250n },
  });
  expect(readListedPayment({ ...payment, creditNote: credit, amount: 12 })).toMatchObject({
    ...{ invoiceId: null, currency: "JPY", amountMinor: 1_200n },
  });
});

test("a payment whose currency Xero leaves out can't be read", () => {
  expect(() => readListedPayment(payment)).toThrow("currency of p-1");
});

test("a tax rate's percent is the decimal that Xero shows", () => {
  expect(readTaxRate({ taxType: "OUTPUT", name: "GST", effectiveRate: 8.875 })).toMatchObject({
    percent: "8.875",
    status: "ACTIVE",
  });
});
