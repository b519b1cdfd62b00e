import { expect, test } from "vitest";
import { compare, oddOf, type Shown } from "./compare-rules.ts";

const READ = new Date("2026-11-21T12:00:00Z");
const written = (over: object = {}) => ({
  ...{ id: "p", kind: "payment" as const, sourceId: "c", reference: "CF-2345678923", xeroId: "x" },
  ...{ accountId: "clearing", currency: "AUD", doneAt: new Date("2026-11-21T11:00:00Z") },
  payments: [{ paymentId: "x", invoiceId: "i", amountMinor: 10_000n }],
  ...over,
});
const shown = (over: object | null = {}): Shown => ({
  payments: new Map(
    over
      ? [
          [
            "x",
            {
              status: "AUTHORISED",
              amountMinor: 10_000n,
              currency: "AUD",
              accountId: "clearing",
              invoiceId: "i",
              ...over,
            },
          ],
        ]
      : [],
  ),
  creditsGone: new Set(),
  readAt: READ,
});

test.each([
  ["there as it was written", written(), shown(), "fine"],
  ["there, on an account that Xero does not tell", written(), shown({ accountId: null }), "fine"],
  ["deleted", written(), shown({ status: "DELETED" }), "xero_removed"],
  ["of another amount", written(), shown({ amountMinor: 9_999n }), "xero_differs"],
  ["of another currency", written(), shown({ currency: "NZD" }), "xero_differs"],
  ["on another account", written(), shown({ accountId: "bank" }), "xero_differs"],
  ["on another invoice", written(), shown({ invoiceId: "j" }), "xero_differs"],
  ["not there, and written an hour before the reading", written(), shown(null), "ask"],
  [
    "not there, and written since, or just before",
    written({ doneAt: new Date(READ.getTime() - 299_000) }),
    shown(null),
    "fine",
  ],
  [
    "a credit note that was voided",
    written({ kind: "credit_note", payments: [] }),
    { ...shown(null), creditsGone: new Set(["x"]) },
    "xero_removed",
  ],
  ["a credit note that stands", written({ kind: "credit_note", payments: [] }), shown(null), "fine"],
])("a document that is %s", (_, ours, theirs, verdict) => {
  expect(compare(ours, theirs).kind).toBe(verdict);
});

test("a break says what stands here and there, with the currency's own decimals", () => {
  expect(compare(written(), shown({ amountMinor: 9_999n }))).toEqual({
    kind: "xero_differs",
    here: "A$100.00 under CF-2345678923",
    there: "A$99.99",
  });
});

const named = (state: string, xeroId: string | null, cause: string | null = null) => ({
  ...{ connectionId: "a", state, xeroId, cause, amountMinor: 100n },
});

test.each([
  ["the document that we wrote", named("done", "x"), 100n, null],
  ["another one under its reference", named("done", "y"), 200n, "xero_twice"],
  ["one that Xero refused and a person entered", named("by_hand", null, "account"), 100n, null],
  ["a part of one that a person entered", named("by_hand", null, "account"), 60n, "xero_differs"],
  ["more than a person was to enter", named("by_hand", null, "account"), 160n, "xero_twice"],
  ["one that was in doubt, and entered by hand too", named("by_hand", null), 100n, "xero_twice"],
  ["one whose answer we still wait for", named("unknown", null), 100n, null],
  ["one that bears another organisation's", { ...named("done", "y"), connectionId: "b" }, 100n, null],
  ["one that nobody here knows", undefined, 100n, "xero_stray"],
] as const)("a payment in Xero that looks like ours: %s", (_, posting, inAll, kind) => {
  const payment = { connectionId: "a", subject: "x", updatedAt: READ };
  expect(oddOf(payment, posting, READ, inAll)).toBe(kind);
});

test("what was in Xero before this firm wrote from here is of the desk before", () => {
  const payment = { connectionId: "a", subject: "x", updatedAt: new Date(READ.getTime() - 1) };
  expect(oddOf(payment, undefined, READ, 1n)).toBeNull();
  expect(oddOf(payment, undefined, null, 1n)).toBeNull();
});
