import { expect, test } from "vitest";
import { inWords } from "./timeline-words.ts";

const numbers = new Map([
  ["a", "INV-1"],
  ["b", "INV-2"],
]);

test("a line names invoices by their numbers and money with its currency", () => {
  expect(
    inWords(
      {
        action: "link.opened",
        detail: { asked: "INV-1", codeId: null, currency: "AUD", lines: "a=10001 b=5" },
      },
      numbers,
    ),
  ).toEqual({
    title: "Opened the pay link of INV-1 and chose what to pay",
    notes: ["INV-1: A$100.01", "INV-2: A$0.05"],
  });
});

test("a document of several payments in Xero gives the id of each", () => {
  const detail = { kind: "batch_payment", reference: "CF-X", xeroId: "batch", payments: "a=p1 b=p2" };
  expect(inWords({ action: "posting.done", detail }, numbers)).toEqual({
    title: "Written to Xero as a batch payment",
    notes: ["CF-X · batch", "INV-1: payment p1", "INV-2: payment p2"],
  });
});

test("what a payer once chose and left out again is not given a number that is not its own", () => {
  const detail = { currency: "AUD", lines: "c=100" };
  expect(inWords({ action: "payment.held", detail }, numbers).notes).toEqual(["Another invoice: A$1.00"]);
});

test("a line that no words are known for says its action, and nothing of its detail", () => {
  const line = { action: "payment.part-refunded", detail: { secret: "x" } };
  expect(inWords(line, numbers)).toEqual({ title: "Payment part refunded", notes: [] });
});

test("a line whose facts were erased says so", () => {
  expect(inWords({ action: "refund.asked", detail: {}, isErased: true }, numbers)).toEqual({
    title: "Refund asked",
    notes: ["What it said was erased at the payer's request."],
  });
});
