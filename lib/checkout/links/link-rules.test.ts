import fc from "fast-check";
import { expect, test } from "vitest";
import { toQuery } from "#lib/firms/pay-link.ts";
import { amountText, linkFromPath, linkFromSearch } from "./link-rules.ts";

test("Xero's four placeholders are read", () => {
  expect(linkFromSearch("short=%21dM0aU&currency=AUD&amount=2200.00&invoice=INV-2009")).toMatchObject({
    numbers: ["INV-2009"],
    amount: "2200.00",
    shortCode: "!dM0aU",
    currency: "AUD",
  });
});

/** A query as a browser sends it. */
const sent = (search: string) => new URL(`http://x/pay?${search}`).search.slice(1);

test.each([
  "INV+8 & co",
  "INV,77",
  "Fáktura №5",
  "100%",
  "a=b&c",
  "R&D&2024",
  "2024&7",
  "7&2024&1",
  "a&b=&c",
  "INV-1&INV-2&",
  "INV-2009&invoice=INV-2010",
  "invoice=2009",
  "&co",
  "%zz&%41",
  "A+B C+D E+F G",
])("an unencoded number %s is read, wherever it stands among what Xero fills in", (number) => {
  for (const search of [
    `short=!dM0aU&currency=AUD&amount=1.00&invoice=${number}`,
    `invoice=${number}&amount=1.00&currency=AUD&short=!dM0aU`,
  ]) {
    const link = linkFromSearch(sent(search));
    // Nobody can tell an escape that stands in the number from one that a browser made.
    expect(link?.numbers).toContain(number.replace("%41", "A").normalize("NFC"));
    expect(link).toMatchObject({ amount: "1.00", currency: "AUD", shortCode: "!dM0aU" });
  }
});

test.each(["INV/2026 #7", "R&D #7", "INV+8 & co #7"])(
  "an unencoded # cuts %s: what is before it is known",
  (number) => expect(`${linkFromSearch(sent(`amount=1.00&invoice=${number}`))?.cutAtHash}#7`).toBe(number),
);

test("of a repeated name the first counts", () => {
  expect(linkFromSearch("amount=1.00&amount=2.00&Invoice=A&short=!a&short=!b&AMOUNT=3.00")).toMatchObject({
    amount: "1.00",
    shortCode: "!a",
    numbers: ["A"],
  });
});

test("any number that stands unencoded in an address is read, and so is one that a form has encoded", () => {
  const number = fc
    .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(..."INV-2009 &&=;,./?'+|é№漢🦊") })
    .filter((text) => text === text.trim());
  fc.assert(
    fc.property(number, (text) => {
      const form = String(new URLSearchParams({ amount: "1.00", invoice: text }));
      for (const search of [`amount=1.00&invoice=${text}`, `invoice=${text}&amount=1.00`, form])
        expect(linkFromSearch(sent(search))?.numbers, search).toContain(text.normalize("NFC"));
    }),
  );
});

test("any number survives our own encoding", () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
        .filter((text) => text.trim() !== "" && !text.includes("\0")),
      (number) => {
        expect(linkFromSearch(toQuery({ number, amount: "1.00" }))?.numbers).toContain(
          number.normalize("NFC"),
        );
      },
    ),
  );
});

test("the old path keeps its parts, also with a slash in the number", () => {
  expect(linkFromPath("company/quickfee/firm/demo/invoiceNo/INV%2F2026%20%237/amount/2200.00")).toEqual({
    companySlug: "quickfee",
    firmSlug: "demo",
    number: "INV/2026 #7",
    amount: "2200.00",
  });
  const number = (it: string) =>
    linkFromPath(`https://pay.example/qsopus/#/company/q/firm/d/invoiceNo/${it}/amount/1.00/ `)?.number;
  for (const odd of ["INV/9", "R&D?2024=1&x", "100%", "INV #7", "INV+8 & co", "a/amount/b"])
    expect(number(odd)).toBe(odd);
  expect(linkFromPath("/company/q/firm/d/invoiceNo/INV-9/amount/1.00?utm=mail")?.amount).toBe("1.00");
  expect(linkFromPath("company/quickfee/firm/demo")).toBeNull();
});

test.each([
  ["2200.00", "2200.00"],
  ["2,200.00", "2200.00"],
  ["2200", "2200"],
  ["0.5", "0.5"],
])("%s is an amount", (text, amount) => expect(amountText(text)).toBe(amount));

test.each([
  "",
  "-1.00",
  "1e9",
  "2.200,00",
  "NaN",
  "٢٢٠٠",
  "22,00.00",
  "1.2.3",
  "0x10",
  "12.3456",
  "[AMOUNTDUE]",
])("%s is no amount", (text) => expect(amountText(text)).toBeNull());

test("no text makes the reading throw", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: "binary" }), (text) => {
      amountText(text);
      linkFromSearch(`amount=${text}&invoice=${text}`);
      linkFromPath(`company/q/firm/d/invoiceNo/${text}/amount/${text}`);
    }),
  );
});
