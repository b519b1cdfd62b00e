import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { readCapture } from "#lib/payments/attempts/checkout-attempts.ts";
import { type SurplusRow, surplusesOf, surplusesRefunded } from "#lib/payments/overpayments/read-surplus.ts";
import { findPostings } from "#lib/posting/read.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";

export type Receipt = {
  firmId: string;
  currency: string;
  totalMinor: bigint;
  /** What it pays; what is more than was owed may be on another invoice, or on none. */
  lines: { number: string; amountMinor: bigint }[];
  surpluses: SurplusRow[];
  /** More than was owed, and gone back. */
  refundedMinor: bigint[];
  method: string | null;
  /** The day it was paid, where the organisation is. */
  paidOn: string;
  reference: string | null;
  /** Paid with test money in books that are real. */
  isTest: boolean;
  /** All of it is in Xero, with Xero's ids. */
  inBooks: boolean;
  payerName: string;
  payerEmail: string;
  registeredName: string;
  registrationNumber: string | null;
  countryCode: string;
};

/** What a receipt says of money that arrived; the page and the letter both say this. */
export async function readReceipt(db: Db, captureId: string): Promise<Receipt | null> {
  const captured = await readCapture(db, captureId);
  if (!captured) return null;
  const { capture, payer, lines } = captured;
  const [books, postings, surpluses, refundedMinor, isTest] = await Promise.all([
    payConnection(db, capture.connectionId),
    findPostings(db, captureId),
    surplusesOf(db, captureId),
    surplusesRefunded(db, captureId),
    isTestMoney(db, capture),
  ]);
  if (!books) return null;
  return {
    firmId: capture.firmId,
    currency: capture.currency,
    totalMinor: capture.amountMinor,
    lines,
    surpluses,
    refundedMinor,
    method: capture.method,
    paidOn: dayIn(books.timeZone, capture.capturedAt),
    reference: postings[0]?.reference ?? null,
    isTest,
    inBooks: postings.length > 0 && postings.every(({ state }) => state === "done"),
    payerName: payer.name ?? "",
    payerEmail: payer.email ?? "",
    registeredName: books.legalName ?? books.organisationName,
    registrationNumber: books.registrationNumber,
    countryCode: books.countryCode,
  };
}
