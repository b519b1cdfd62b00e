import { describe, expect, test } from "vitest";
import { alertLetter } from "./alert.ts";
import { codeLetter } from "./code.ts";
import { debitFailedLetter } from "./debit-failed.ts";
import { html, oneLine, plain } from "./html.ts";
import { passwordLinkLetter } from "./password-link.ts";
import { receiptLetter } from "./receipt.ts";

const nasty = `<img src=x onerror="alert(1)">&'`;
const aud = (minor: bigint) => ({ minor, currency: "AUD" });

const receiptFacts = {
  isTest: false,
  firmName: "Demo Accountants",
  registeredName: "Demo Accountants Pty Ltd",
  registrationNumber: "ABN 12 345 678 901",
  supportEmail: "accounts@demo.example",
  supportPhone: "02 5550 1234",
  payerName: "Kim Bayside",
  lines: [
    { number: "INV-2009", amount: aud(220_000n) },
    { number: "INV/2026 #7", amount: aud(101_000n) },
  ],
  total: aud(321_000n),
  paidOn: "21 Nov 2026",
  method: "Visa ending 4242",
  reference: "CF-8KQ2M4XW7P",
};

const alertFacts = {
  firmName: "Demo Accountants",
  happened: "Xero no longer accepts the consent for Demo Company (AU).",
  since: "21 Nov 2026, 10:04",
  money: "Payments still arrive; they wait to be written to Xero.",
  more: ["Harbour UK: 2 days ago"],
  action: { label: "Reconnect Xero", href: "https://pay.example.com/firms/demo/connections" },
};

describe("the receipt", () => {
  test("its text part says all that its HTML part says", () => {
    const { text, html: page } = receiptLetter(receiptFacts);
    for (const fact of [
      "INV-2009",
      "2,200.00",
      "INV/2026 #7",
      "1,010.00",
      "A$3,210.00",
      "CF-8KQ2M4XW7P",
      "21 Nov 2026",
      "Kim Bayside",
      "Visa ending 4242",
      "Demo Accountants Pty Ltd",
      "ABN 12 345 678 901",
      "accounts@demo.example",
      "02 5550 1234",
    ]) {
      expect(text).toContain(fact);
      expect(page).toContain(fact);
    }
  });

  test("of test money says so first, in both parts, and any other says nothing of it", () => {
    for (const isTest of [true, false]) {
      const { text, html: page } = receiptLetter({ ...receiptFacts, isTest });
      expect(text.startsWith("Test payment: no real money was taken")).toBe(isTest);
      expect(page.includes("Test payment: no real money was taken")).toBe(isTest);
    }
  });

  test("says nothing of what is not known", () => {
    const { text, html: page } = receiptLetter({
      ...receiptFacts,
      registrationNumber: null,
      supportEmail: null,
      supportPhone: null,
      method: null,
      reference: null,
    });
    for (const part of [text, page]) {
      expect(part).not.toMatch(/null|undefined|Paid with|Reference|: \.| · $/m);
      expect(part).toContain("Questions? Ask Demo Accountants.");
    }
  });

  test("X1: what others typed stays text", () => {
    const { html: page, subject } = receiptLetter({
      ...receiptFacts,
      firmName: nasty,
      registeredName: nasty,
      registrationNumber: nasty,
      supportEmail: nasty,
      payerName: nasty,
      method: nasty,
      lines: [{ number: nasty, amount: aud(1n) }],
    });
    expect(page).not.toContain("<img");
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;");
    expect(subject).toContain(nasty);
  });
});

describe("the link to set a password", () => {
  test("says who asked, for which firm, where it leads and how long; others' words stay text", () => {
    const href = "https://pay.example.com/sign-in/password/abc";
    const facts = { firmName: "Harbour & Finch", askedBy: nasty, isNew: true, href };
    const { subject, text, html: page } = passwordLinkLetter(facts);
    expect(subject).toBe("You are invited to Harbour & Finch");
    for (const part of [text, page]) expect(part).toContain(href);
    expect(text).toContain(`${nasty} has given you access`);
    expect(text).toContain("within three days");
    expect(page).not.toContain("<img");
    expect(passwordLinkLetter({ ...facts, isNew: false }).subject).toBe(
      "Set a new password for Harbour & Finch",
    );
  });
});

describe("the code", () => {
  test("its six digits are the first words of the subject and of the text", () => {
    const { subject, text, html: page } = codeLetter({ firmName: "Harbour & Finch", code: "042917" });
    expect(subject).toMatch(/^042917 /);
    expect(text).toMatch(/^042917\n/);
    expect(page).toContain(">042917<");
    expect(page).toContain("Harbour &amp; Finch");
  });

  test("says how long it is valid and what to do when nobody asked for it", () => {
    const { text, html: page } = codeLetter({ firmName: "Harbour", code: "042917" });
    expect(text).toContain("valid for 10 minutes");
    expect(text).toContain("If you didn't ask for it, ignore it");
    expect(page).toContain("valid for 10 minutes");
    expect(page).toContain("If you didn&#39;t ask for it, ignore it");
  });
});

describe("the alert", () => {
  test("says what happened, since when, whether money is affected, and has one button", () => {
    const { subject, text, html: page } = alertLetter(alertFacts);
    expect(subject).toBe("Demo Accountants: Xero no longer accepts the consent for Demo Company (AU).");
    for (const part of [text, page]) {
      expect(part).toContain(alertFacts.happened);
      expect(part).toContain("Since 21 Nov 2026, 10:04.");
      expect(part).toContain(alertFacts.money);
      expect(part).toContain("Harbour UK: 2 days ago");
      expect(part).toContain("Reconnect Xero");
      expect(part).toContain(alertFacts.action.href);
    }
    expect(page.match(/<a /g)).toHaveLength(1);
  });

  test("has no list when it stands alone", () => {
    const { text, html: page } = alertLetter({ ...alertFacts, more: [] });
    expect(text).not.toContain("Also");
    expect(page).not.toContain("<ul");
  });

  test("X1: Xero's words stay text, and a button leads to the web only", () => {
    expect(alertLetter({ ...alertFacts, happened: nasty, money: nasty, more: [nasty] }).html).not.toContain(
      "<img",
    );
    const href = "javascript:alert(1)";
    expect(() => alertLetter({ ...alertFacts, action: { label: "Go", href } })).toThrow(RangeError);
  });
});

test("no letter loads a picture or anything else from anywhere", () => {
  for (const { html: page } of [
    receiptLetter(receiptFacts),
    codeLetter({ firmName: "Harbour", code: "042917" }),
    alertLetter(alertFacts),
  ]) {
    expect(page).not.toMatch(/<(img|script|link|iframe)|src=|url\(|@import/i);
  }
});

test("a name with a line break can't add a header to a letter", () => {
  expect(codeLetter({ firmName: "Harbour\r\nBcc: all@example.com", code: "042917" }).subject).not.toMatch(
    /[\r\n]/,
  );
  expect(oneLine(" a\r\n\tb ")).toBe("a b");
});

test("markup goes in once and texts are escaped once", () => {
  const inner = html`<b>${"a & b"}</b>`;
  expect(html`<p>${inner}${[inner]}${null}${"<"}</p>`.markup).toBe(
    "<p><b>a &amp; b</b><b>a &amp; b</b>&lt;</p>",
  );
});

test("plain text leaves out what is not there", () => {
  expect(plain(["a", null, ["b", null, "c"]])).toBe("a\n\nb\nc\n");
});

describe("a bank debit that failed", () => {
  const facts = {
    isTest: false,
    firmName: "Demo Accountants",
    supportEmail: "accounts@demo.example",
    payerName: "Kim Bayside",
    lines: [{ number: "INV-2009", amount: aud(220_000n) }],
    total: aud(220_000n),
    href: "https://pay.example.com/pay/quickfee/demo?invoice=INV-2009",
  };

  test("says that nothing was paid, which invoices are open again, and where to pay them", () => {
    const { subject, text, html: page } = debitFailedLetter(facts);
    expect(subject).toBe("Your bank debit of A$2,200.00 to Demo Accountants did not go through.");
    for (const part of [text, page])
      for (const fact of ["Nothing was paid", "INV-2009: 2,200.00", facts.href, "accounts@demo.example"])
        expect(part).toContain(fact);
  });

  test("X1: what others typed stays text", () => {
    const { html: page } = debitFailedLetter({
      ...facts,
      ...{
        firmName: nasty,
        payerName: nasty,
        supportEmail: nasty,
        lines: [{ number: nasty, amount: aud(1n) }],
      },
    });
    expect(page).not.toContain("<img");
  });
});
