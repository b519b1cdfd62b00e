import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MirroredInvoice } from "#lib/mirror/read.ts";
import { linkFromSearch } from "./links/link-rules.ts";
import { askedInvoice, outstanding, toLine, withoutOwnHold } from "./payable-lines-rules.ts";

const NOW = new Date("2026-11-21T00:00:00Z");

function invoice(change: Partial<MirroredInvoice> = {}): MirroredInvoice {
  return {
    connectionId: "books",
    invoiceId: "i1",
    type: "ACCREC",
    number: "INV-2009",
    contactId: "bayside",
    status: "AUTHORISED",
    currency: "AUD",
    totalMinor: 220_000n,
    dueMinor: 220_000n,
    duesSeen: [220_000n],
    date: null,
    dueDate: null,
    fullyPaidOn: null,
    isUnread: false,
    seenAt: NOW,
    ...change,
  };
}

const link = (query: Record<string, string>) => {
  const said = Object.entries({ invoice: "INV-2009", amount: "2200.00", ...query });
  const read = linkFromSearch(said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&"));
  if (!read) throw new Error("no link");
  return read;
};
const asked = (query: Record<string, string>, invoices: MirroredInvoice[], proved = false) =>
  askedInvoice(link(query), invoices, () => proved)?.invoiceId ?? null;

describe("which invoice a link opens", () => {
  const partPaid = invoice({ dueMinor: 100_000n, duesSeen: [220_000n, 150_000n, 100_000n] });
  test.each<[string, Record<string, string>, Partial<MirroredInvoice>, boolean, boolean]>([
    ["the right amount", {}, {}, false, true],
    ["the amount without decimals", { amount: "2200" }, {}, false, true],
    ["a wrong amount", { amount: "2200.01" }, {}, false, false],
    ["no amount at all", { amount: "" }, {}, false, false],
    ["nothing as the amount", { amount: "0.00" }, { dueMinor: 0n, duesSeen: [220_000n, 0n] }, false, false],
    ["a wrong amount, by who proved the contact's mail", { amount: "1.00" }, {}, true, true],
    ["what is due now", { amount: "1000.00" }, partPaid, false, true],
    ["what was due before a part payment", { amount: "1500.00" }, partPaid, false, true],
    ["the total of a part-paid one", {}, partPaid, false, true],
    ["an amount that never was due", { amount: "700.00" }, partPaid, false, false],
    ["a paid one", {}, { status: "PAID", dueMinor: 0n, duesSeen: [220_000n, 0n] }, false, true],
    ["a voided one", {}, { status: "VOIDED" }, false, false],
    ["a voided one, by who proved the mail", {}, { status: "VOIDED" }, true, false],
    ["a draft", {}, { status: "DRAFT" }, true, false],
    ["one that waits for approval", {}, { status: "SUBMITTED" }, true, false],
    ["a deleted one", {}, { status: "DELETED" }, true, false],
    ["a bill of the same number", {}, { type: "ACCPAY" }, true, false],
    ["one without a number", {}, { number: null }, true, false],
    ["another number", { invoice: "INV-2010" }, {}, true, false],
    ["its currency", { currency: "AUD" }, {}, false, true],
    ["its currency in small letters", { currency: "aud" }, {}, false, true],
    ["another currency", { currency: "USD" }, {}, true, false],
    ["an amount in another currency's decimals", { amount: "2200.005" }, {}, false, false],
  ])("%s", (_, query, change, proved, opens) =>
    expect(asked(query, [invoice(change)], proved)).toBe(opens ? "i1" : null),
  );

  test("a number that was voided and issued again opens the living one", () => {
    const old = invoice({ invoiceId: "old", status: "VOIDED" });
    const bill = invoice({ invoiceId: "bill", type: "ACCPAY" });
    expect(asked({}, [old, bill, invoice()])).toBe("i1");
    expect(asked({}, [invoice({ invoiceId: "paid", status: "PAID" }), invoice()])).toBe("i1");
  });

  test("a number cut off at its # opens the only one that it can have been", () => {
    const hash = invoice({ number: "INV/2026 #7" });
    expect(asked({ invoice: "INV/2026 " }, [hash])).toBe("i1");
    expect(
      asked({ invoice: "INV/2026 " }, [hash, invoice({ invoiceId: "i2", number: "INV/2026 #8" })]),
    ).toBeNull();
  });

  test("a link that fits sales of two organisations opens neither, whatever has become of them", () => {
    const elsewhere = (change: Partial<MirroredInvoice>) =>
      invoice({ connectionId: "other books", invoiceId: "i2", ...change });
    for (const status of ["AUTHORISED", "PAID", "VOIDED", "DRAFT"])
      expect(asked({}, [invoice(), elsewhere({ status })])).toBeNull();
    expect(asked({}, [invoice(), elsewhere({})], true)).toBeNull();
    expect(asked({}, [invoice(), elsewhere({ totalMinor: 1n, dueMinor: 1n, duesSeen: [1n] })])).toBe("i1");
    expect(asked({}, [invoice(), elsewhere({ type: "ACCPAY" })])).toBe("i1");
  });

  test("a guess opens nothing: without the amount, no number whatever does", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 9n), (minor) => {
        fc.pre(minor !== 220_000n);
        expect(
          asked({ amount: `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}` }, [invoice()]),
        ).toBeNull();
      }),
    );
  });
});

describe("what a line says can be paid", () => {
  const hold = {
    connectionId: "b",
    invoiceId: "i1",
    amountMinor: 1n,
    attemptId: "a",
    checkoutId: "c",
    since: NOW,
    until: NOW,
    submittedAt: null,
  };
  const given = { ...hold, submittedAt: NOW };
  const flight = (sentMinor: bigint, held: typeof hold | typeof given | null = null) => ({
    hold: held,
    sentMinor,
    sentSince: null,
  });

  test.each([
    ["nothing under way", undefined, "AUD", 220_000n, null],
    ["some is on its way", flight(20_000n), "AUD", 200_000n, null],
    ["all is on its way", flight(220_000n), "AUD", 0n, "on_its_way"],
    ["more is on its way than is due", flight(300_000n), "AUD", 0n, "on_its_way"],
    ["someone is paying it", flight(0n, hold), "AUD", 0n, "held"],
    ["a bank debit of it is under way", flight(0n, given), "AUD", 0n, "debit"],
    ["the page is in another currency", undefined, "USD", 0n, "other_currency"],
  ] as const)("%s", (_, given, currency, payableMinor, why) =>
    expect(toLine(invoice(), given, currency)).toMatchObject({ payableMinor, why }),
  );

  test("a payer's own unfinished payment is no obstacle, another's is", () => {
    expect(withoutOwnHold(flight(0n, hold), ["c"])?.hold).toBeNull();
    expect(withoutOwnHold(flight(0n, hold), ["d"])?.hold).toBe(hold);
  });

  test("a bank debit that a payer has given is in their own way too", () => {
    expect(withoutOwnHold(flight(0n, given), ["c"])?.hold).toBe(given);
  });

  test("the sum of what is outstanding is never negative, and holds one currency", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n))), (rows) => {
        const lines = rows.map(([due, sent]) => toLine(invoice({ dueMinor: due }), flight(sent), "AUD"));
        expect(outstanding(lines, "AUD") >= 0n).toBe(true);
        expect(outstanding(lines, "NZD")).toBe(0n);
      }),
    );
  });
});
