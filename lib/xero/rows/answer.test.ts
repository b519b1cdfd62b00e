import { describe, expect, test } from "vitest";
import { XeroFault } from "../api/xero-fault.ts";
import { Answer } from "./answer.ts";
import { readInvoice } from "./rows.ts";
import { found, removed, stands } from "./write-answers.ts";

const ROW = {
  InvoiceID: "5eed0000-0000-4000-8000-00000000000a",
  Type: "ACCREC",
  Status: "AUTHORISED",
  Contact: { ContactID: "c" },
  CurrencyCode: "AUD",
  Total: 10.5,
  AmountDue: 10.5,
  UpdatedDateUTC: "/Date(1700000000000+0000)/",
};
const invoices = (rows: unknown, more: object = {}) =>
  new Answer("Invoices", JSON.stringify({ Invoices: rows, ...more }));
const payments = (...rows: object[]) => new Answer("Payments", JSON.stringify({ Payments: rows }));
const isUnreadable = (work: () => unknown) => {
  try {
    work();
    return false;
  } catch (error) {
    return error instanceof XeroFault && error.fault.kind === "unreadable";
  }
};

test.each([
  ["nothing", ""],
  ["HTML", "<!doctype html><title>Just a moment</title>"],
  ["JSON that was cut", '{"Invoices":[{"InvoiceID":"5eed'],
  ["null", "null"],
  ["a list on top", "[]"],
  ["no list", "{}"],
  ["an object for a list", '{"Invoices":{}}'],
  ["a text for a list", '{"Invoices":"[]"}'],
  ["null for a list", '{"Invoices":null}'],
  ["another list", '{"Payments":[]}'],
  [
    "none of what it counts",
    '{"pagination":{"page":1,"pageSize":100,"pageCount":1,"itemCount":3},"Invoices":[]}',
  ],
])("%s is no answer at all, and no empty list", (_, text) => {
  expect(isUnreadable(() => new Answer("Invoices", text))).toBe(true);
});

test("nothing but its methods looks into an answer", () => {
  const answer = invoices([ROW]);
  // @ts-expect-error: no `?? []` can stand in for a list that is not there
  expect(answer.invoices ?? []).toEqual([]);
  // @ts-expect-error
  expect(answer.rows).toBeUndefined();
});

test("an empty list is what it is", () => {
  const pagination = { page: 2, pageSize: 100, pageCount: 1, itemCount: 3 };
  expect(invoices([], { pagination }).some(readInvoice)).toEqual({ rows: [], unreadable: [] });
});

test.each([
  ["no amount due", { AmountDue: undefined }],
  ["an amount that is no number", { AmountDue: "much" }],
  ["an amount as text", { Total: "10.50" }],
  ["more decimals than the currency has", { AmountDue: 10.505 }],
  ["an amount beyond reason", { Total: 1e21 }],
  ["a currency that there isn't", { CurrencyCode: "A$" }],
  ["no status", { Status: undefined }],
  ["no contact", { Contact: null }],
  ["no time of change", { UpdatedDateUTC: "yesterday" }],
  ["a date that the SDK stumbles over", { DueDate: "/Date()/" }],
  ["payments in another shape", { Payments: "none" }],
])("a row with %s is known by its id, and keeps nobody from the others", (_, odd) => {
  const other = { ...ROW, InvoiceID: "5eed0000-0000-4000-8000-00000000000b" };
  const { rows, unreadable } = invoices([{ ...ROW, ...odd }, other]).some(readInvoice);
  expect(rows.map(({ invoiceId }) => invoiceId)).toEqual([other.InvoiceID]);
  expect(unreadable).toEqual([{ id: ROW.InvoiceID, reason: expect.any(String) }]);
});

test.each([[null], ["text"], [{}], [{ ...ROW, InvoiceID: "00000000-0000-0000-0000-000000000000" }]])(
  "a row that has no id can't be asked for again, so nothing of the answer counts: %j",
  (row) => {
    expect(isUnreadable(() => invoices([ROW, row]).some(readInvoice))).toBe(true);
  },
);

test("what was asked for by id is there, unreadable or unknown, and what wasn't is left out", () => {
  const ids = ["5EED0000-0000-4000-8000-00000000000A", "odd", "missing"];
  const answer = invoices([ROW, { ...ROW, InvoiceID: "odd", Status: "" }, { ...ROW, InvoiceID: "other" }]);
  const { rows, unreadable, unknown } = answer.asked(ids, readInvoice);
  expect(rows.map(({ invoiceId }) => invoiceId)).toEqual([ROW.InvoiceID]);
  expect([unreadable.map(({ id }) => id), unknown]).toEqual([["odd"], ["missing"]]);
  expect(isUnreadable(() => answer.one("missing", readInvoice))).toBe(true);
});

describe("what was written", () => {
  const PAYMENT = {
    PaymentID: "p1",
    Reference: "CF-ABC",
    Status: "AUTHORISED",
    Amount: 1,
    Invoice: { InvoiceID: "i" },
  };
  const find = (answer: Answer<"Payments">) =>
    found(answer, {
      reference: "CF-ABC",
      read: ({ paymentID }) =>
        paymentID ? { xeroId: paymentID, reference: "CF-ABC", lines: [] } : undefined,
    }).map(({ xeroId }) => xeroId);

  test("is found by its reference, once it lives", () => {
    expect(find(payments(PAYMENT, { ...PAYMENT, PaymentID: "p2", Status: "DELETED" }))).toEqual(["p1"]);
    expect(find(payments())).toEqual([]);
  });

  test("is not absent because Xero answers another question, or leaves out its id", () => {
    expect(isUnreadable(() => find(payments({ ...PAYMENT, Reference: "Cash" })))).toBe(true);
    expect(isUnreadable(() => find(payments({ ...PAYMENT, Reference: undefined })))).toBe(true);
    expect(isUnreadable(() => find(payments({ ...PAYMENT, PaymentID: undefined })))).toBe(true);
    expect(find(payments({ ...PAYMENT, Reference: "cf-abc" }))).toEqual([]);
  });

  test("stands or is gone by Xero's word alone", () => {
    const there = (status?: string) => payments({ ...PAYMENT, Status: status }).one("p1", stands);
    expect([there("AUTHORISED"), there("DELETED"), there("VOIDED")]).toEqual([true, false, false]);
    expect(isUnreadable(() => there())).toBe(true);
    expect(isUnreadable(() => payments({ ...PAYMENT }).only(removed))).toBe(true);
  });
});
