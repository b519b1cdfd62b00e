import fc from "fast-check";
import { expect, test } from "vitest";
import { amountText, linkFromPath, linkFromQuery, toQuery } from "./link-rules.ts";

const parsed = (search: string) => linkFromQuery(Object.fromEntries(new URLSearchParams(search)));

test("Xero's four placeholders are read", () => {
  expect(parsed("short=%21dM0aU&currency=AUD&amount=2200.00&invoice=INV-2009")).toMatchObject({
    numbers: ["INV-2009"],
    amount: "2200.00",
    shortCode: "!dM0aU",
    currency: "AUD",
  });
});

test.each(["INV+8 & co", "INV/2026 #7", "INV,77", "Fáktura №5", "100%", "a=b&c"])(
  "an unencoded number %s is among the readings",
  (number) => {
    const address = new URL(`http://x/pay?amount=1.00&invoice=${number}`);
    const link = linkFromQuery(Object.fromEntries(address.searchParams));
    const cut = number.includes("#");
    if (cut) expect(number.startsWith(`${link?.cutAtHash}`)).toBe(true);
    else expect(link?.numbers).toContain(number.normalize("NFC"));
  },
);

test("any number survives our own encoding", () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
        .filter((text) => text.trim() !== "" && !text.includes("\0")),
      (number) => {
        expect(parsed(toQuery({ number, amount: "1.00" }))?.numbers).toContain(number.normalize("NFC"));
      },
    ),
  );
});

test("the old path keeps its parts, also with a slash in the number", () => {
  expect(
    linkFromPath("company/quickfee/firm/demo/invoiceNo/INV%2F2026%20%237/amount/2200.00".split("/")),
  ).toEqual({
    companySlug: "quickfee",
    firmSlug: "demo",
    number: "INV/2026 #7",
    amount: "2200.00",
  });
  expect(linkFromPath("company/quickfee/firm/demo/invoiceNo/INV/9/amount/1.00".split("/"))?.number).toBe(
    "INV/9",
  );
  expect(linkFromPath("company/quickfee/firm/demo".split("/"))).toBeNull();
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
      linkFromQuery({ invoice: text, amount: text });
      linkFromPath([text]);
    }),
  );
});
