import { describe, expect, test } from "vitest";
import { checkPastedUrl, paymentUrlTemplate } from "./payment-url.ts";

const demo = { origin: "https://pay.example.com", company: "quickfee", firm: "demo" };
const right = paymentUrlTemplate(demo);
const says = (text: string) =>
  checkPastedUrl(text, demo).map((finding) => `${finding.tone}: ${finding.text}`);

test("Q5: the address to paste carries Xero's four placeholders, the number last", () => {
  expect(right).toBe(
    "https://pay.example.com/pay/quickfee/demo?short=[SHORTCODE]&currency=[CURRENCY]&amount=[AMOUNTDUE]&invoice=[INVOICENUMBER]",
  );
  expect(says(right)).toEqual(["ok: This address is right."]);
});

test.each([
  "https://pay.example.com/qsopus/#/company/quickfee/firm/demo/invoiceNo/[INVOICENUMBER]/amount/[AMOUNTDUE]",
  "https://pay.example.com/qsopus/company/quickfee/firm/demo/invoiceNo/[INVOICENUMBER]/amount/[AMOUNTDUE]",
])("Q5: the older link is right, and is explained: %s", (old) => {
  expect(says(old)).toEqual([
    "ok: This is the older form of the link. It works and will keep working; the new one also carries the currency.",
  ]);
});

describe("Q5: what is wrong with a pasted address is said in plain words", () => {
  test.each<[string, string, string]>([
    ["nothing", "  ", "wrong: Paste the address that stands in Xero."],
    [
      "no scheme",
      "pay.example.com/pay/quickfee/demo",
      "wrong: This is no complete address: it must begin with https://",
    ],
    [
      "another host",
      right.replace("pay.example.com", "pay.example.org"),
      "wrong: It leads to pay.example.org; this desk is at pay.example.com.",
    ],
    ["http", right.replace("https:", "http:"), "wrong: It begins with http:// and must begin with https://"],
    [
      "another firm",
      right.replace("/demo?", "/harbour?"),
      "wrong: It is for the firm “harbour”; this one is “demo”.",
    ],
    [
      "another company",
      right.replace("/quickfee/", "/acme/"),
      "wrong: It is for the company “acme”; this firm belongs to “quickfee”.",
    ],
    [
      "another path",
      right.replace("/pay/quickfee/demo", "/payments"),
      "wrong: After the host it must read /pay/quickfee/demo",
    ],
    [
      "a missing number",
      right.replace("&invoice=[INVOICENUMBER]", ""),
      "wrong: invoice=[INVOICENUMBER] is missing.",
    ],
    [
      "a lower-case placeholder",
      right.replace("[AMOUNTDUE]", "[amountdue]"),
      "wrong: [amountdue] is misspelt: write [AMOUNTDUE].",
    ],
    [
      "a placeholder with a letter too few",
      right.replace("[CURRENCY]", "[CURENCY]"),
      "wrong: [CURENCY] is misspelt: write [CURRENCY].",
    ],
    [
      "one that Xero doesn't know",
      right.replace("[SHORTCODE]", "[CONTACTID]"),
      "wrong: Xero doesn't know the placeholder [CONTACTID].",
    ],
    [
      "escaped brackets",
      right.replaceAll("[", "%5B").replaceAll("]", "%5D"),
      "wrong: The square brackets were turned into %5B and %5D. Copy the address again, as text.",
    ],
    ["an open bracket", right.slice(0, -1), "wrong: A square bracket is not closed: [INVOICENUMBER"],
    [
      "one invoice's number",
      right.replace("[INVOICENUMBER]", "INV-2009"),
      "wrong: invoice=INV-2009 is fixed: every invoice would say so. Write invoice=[INVOICENUMBER].",
    ],
    [
      "swapped placeholders",
      right.replace("amount=[AMOUNTDUE]", "amount=[CURRENCY]"),
      "wrong: [CURRENCY] stands where [AMOUNTDUE] belongs.",
    ],
    [
      "a space inside",
      right.replace("&amount", " &amount"),
      "wrong: There is a space or a line break inside the address.",
    ],
    [
      "half an old link",
      "https://pay.example.com/qsopus/#/company/quickfee",
      "wrong: This looks like the older link, but is not complete. Use the new one.",
    ],
    [
      "an old link with its amount fixed",
      "https://pay.example.com/qsopus/#/company/quickfee/firm/demo/invoiceNo/[INVOICENUMBER]/amount/2200.00",
      "wrong: After amount/ it must read [AMOUNTDUE].",
    ],
  ])("%s", (_, pasted, first) => {
    expect(says(pasted)[0]).toBe(first);
  });

  test("what only could be better still counts as right", () => {
    expect(says(` ${right}`)).toEqual([
      "warn: There is a space before or after the address. In Xero, leave it out.",
      "ok: This address is right.",
    ]);
    const reordered =
      "https://pay.example.com/pay/quickfee/demo?invoice=[INVOICENUMBER]&amount=[AMOUNTDUE]&currency=[CURRENCY]&short=[SHORTCODE]";
    expect(says(reordered)).toEqual([
      "warn: [INVOICENUMBER] should stand last: a number with & or # in it would cut off what comes after.",
      "ok: This address is right.",
    ]);
    expect(
      says("https://pay.example.com/pay/quickfee/demo?amount=[AMOUNTDUE]&invoice=[INVOICENUMBER]"),
    ).toHaveLength(3);
  });
});
