import { expect, test } from "vitest";
import { pdfPages } from "#lib/testing/pdf-text.ts";
import type { Evidence } from "./evidence.ts";
import { evidencePdf } from "./evidence-pdf.ts";

const WHERE = { country: "AU", timeZone: "Australia/Sydney" };
const HASH = "0123456789abcdef".repeat(4);

const COVERED = {
  seq: "1",
  firmId: "c0ffee00-0000-4000-8000-00000000000f",
  actor: "payer",
  action: "payment.held",
  subject: "attempt:1",
  detail: "{}",
  ip: null,
  epoch: "1795132800",
};

function evidence({ lines = 5, invoices = 2, name = "Pat Payer" } = {}): Evidence {
  return {
    format: "counterfoil-evidence-3",
    made: { at: "2026-11-21T00:00:00.000Z", by: "Dana Reyes" },
    firm: { company: "Quickfee", name: "Demo Accountants" },
    payment: {
      id: "c0ffee00-0000-4000-8000-000000000001",
      reference: "CF-ABCDEFGH23",
      currency: "AUD",
      amount: "1235.90",
      method: "Visa ending 4242",
      paidAt: "2026-11-20T13:30:00.000Z",
      recordedAt: "2026-11-20T13:30:05.000Z",
      receiptSentAt: null,
      problem: null,
    },
    payer: { name, email: "pat@clients.example", ip: "198.51.100.8", browser: "Browser/1" },
    surpluses: [],
    allocations: Array.from({ length: invoices }, (_, at) => ({
      invoice: `INV-${at}.`,
      xeroInvoiceId: `invoice-${at}.`,
      amount: "617.95",
      xeroPaymentId: `payment-${at}.`,
    })),
    terms: {
      version: 3,
      acceptedAt: "2026-11-20T13:29:00.000Z",
      sha256: HASH,
      text: `${"You pay what you owe. ".repeat(300)}The last word.`,
    },
    processor: {
      name: "Stripe",
      account: "acct_1",
      accountName: "Demo",
      livemode: false,
      checkoutSession: "cs_test_1",
      payment: "pi_1",
    },
    xero: {
      organisation: "Demo Accountants Pty Ltd",
      legalName: null,
      registrationNumber: null,
      standing: "written",
      documents: [
        {
          ...{ kind: "batch_payment", reference: "CF-ABCDEFGH23", id: "batch-1", date: "2026-11-21" },
          clearingAccountId: "clearing",
          writtenAt: "2026-11-20T13:30:09.000Z",
          said: null,
        },
      ],
    },
    timeline: Array.from({ length: lines }, (_, at) => ({
      at: "2026-11-20T13:30:00.000Z",
      who: "The payer",
      what: `Step ${at}.`,
      notes: [`Note ${at}.`],
      ip: null,
      link: { position: String(at), hash: HASH, before: HASH },
      covered: COVERED,
    })),
    howToCheck: "How to check it.",
  };
}

test("the file holds the facts, the terms to their last word and every line, with times of the firm's zone", async () => {
  const pdf = await evidencePdf(evidence(), WHERE);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  const text = pdfPages(pdf).join("\n");
  for (const said of [
    "Demo Accountants Evidence of payment CF-ABCDEFGH23",
    "A$1,235.90 AUD",
    "pat@clients.example",
    "21 Nov 2026, 00:30",
    "Visa ending 4242",
    "invoice-1.",
    "payment-1.",
    "pi_1",
    "batch-1",
    "The last word.",
    "How to check it.",
  ])
    expect(text.replaceAll("\n", " "), said).toContain(said);
});

test("long tables go over pages: no row is lost or cut, the head stands on each, and pages are numbered", async () => {
  const pages = pdfPages(await evidencePdf(evidence({ lines: 150, invoices: 90 }), WHERE));
  const text = pages.join("\n");
  for (let at = 0; at < 150; at += 1) {
    const page = pages.filter((one) => one.includes(`Step ${at}.\n`));
    expect(page, `line ${at}`).toHaveLength(1);
    expect(page[0]).toContain(`Note ${at}.`);
    expect(page[0]).toContain("When, who");
  }
  for (let at = 0; at < 90; at += 1) expect(text).toContain(`payment-${at}.\n`);
  for (const [at, page] of pages.entries()) expect(page).toContain(`${at + 1} of ${pages.length}`);
});

test.each(["Zofia Łódzka", "Ελένη Παπαδοπούλου", "Жанна Ковальчук", "Nguyễn Thị Hương", "Müller & Söhne"])(
  "%s is written in its own letters",
  async (name) => {
    expect(pdfPages(await evidencePdf(evidence({ name }), WHERE)).join("")).toContain(name);
  },
);
