import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { getAttempt, getCapture, listAllocations } from "#lib/payments/store.ts";
import { findPosting } from "#lib/posting/read.ts";
import { payConnection } from "#lib/xero/pay-connections.ts";
import { getCheckout } from "./store.ts";

export type Receipt = {
  firmId: string;
  currency: string;
  totalMinor: bigint;
  lines: { number: string; amountMinor: bigint }[];
  method: string | null;
  /** The day it was paid, where the organisation is. */
  paidOn: string;
  reference: string | null;
  /** In Xero, with Xero's id. */
  inBooks: boolean;
  payerName: string;
  payerEmail: string;
  registeredName: string;
  registrationNumber: string | null;
  countryCode: string;
};

/** What a receipt says of money that arrived; the page and the letter both say this. */
export async function readReceipt(db: Db, captureId: string): Promise<Receipt | null> {
  const capture = await getCapture(db, captureId);
  const attempt = capture && (await getAttempt(db, capture.attemptId));
  const checkout = attempt && (await getCheckout(db, attempt.checkoutId));
  const books = capture && (await payConnection(db, capture.connectionId));
  if (!capture || !checkout || !books) return null;
  const [lines, posting] = await Promise.all([listAllocations(db, captureId), findPosting(db, captureId)]);
  return {
    firmId: capture.firmId,
    currency: capture.currency,
    totalMinor: capture.amountMinor,
    lines: lines.map((line) => ({ number: line.invoiceNumber, amountMinor: line.amountMinor })),
    method: capture.method,
    paidOn: dayIn(books.timeZone, capture.capturedAt),
    reference: posting?.reference ?? null,
    inBooks: posting?.state === "done",
    payerName: checkout.payerName ?? "",
    payerEmail: checkout.payerEmail ?? "",
    registeredName: books.legalName ?? books.organisationName,
    registrationNumber: books.registrationNumber,
    countryCode: books.countryCode,
  };
}
