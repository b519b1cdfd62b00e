import type { Db } from "#lib/core/db.ts";
import { currentTerms, type FirmTerms, findFirmForPayer, type PayerFirm } from "#lib/firms/read.ts";
import { leastPart } from "#lib/firms/rules.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { mayChoose, type Unpayable, whyUnpayable } from "#lib/payments/attempts/charge-amount-rules.ts";
import { captureOf, liveAttemptOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { mayPay, refuse } from "#lib/payments/attempts/invoice-state-rules.ts";
import { inFlight } from "#lib/payments/in-flight.ts";
import { accountOf, payAccount } from "#lib/processor/read.ts";
import { isTestInBooks } from "#lib/processor/test-mode.ts";
import { type PayConnection, payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { type Line, toLine, withoutOwnHold } from "./payable-lines-rules.ts";
import { type Checkout, type CheckoutLine, checkoutIdsOf, findCheckout, listLines } from "./store.ts";

/** A line as agreed, what was owed on it then, and what is owed now: nothing while somebody else is paying it. */
export type AgreedLine = CheckoutLine & {
  owedMinor: bigint;
  nowMinor: bigint;
  held: Line["held"];
  debit: Line["debit"];
};

export type CheckoutPage = {
  firm: PayerFirm & { terms: FirmTerms };
  books: PayConnection;
  checkout: Checkout;
  lines: AgreedLine[];
  /** The least that may be paid of an invoice here; null when all of it must be. */
  partMinimumMinor: bigint | null;
  /** Nothing is asked any more: the money of this checkout has arrived. */
  captureId: string | null;
  /** The payer has been sent to the processor, and may go on there. */
  payAt: string | null;
  /** The payer has given a bank debit, which days will confirm or fail. */
  submittedAt: Date | null;
  /** The e-mail that was typed for the attempt under way. */
  receiptTo: string | null;
  /** It is paid, or would be, with test money in books that are real. */
  isTest: boolean;
};

/** A checkout by its address, for whoever holds that address; null for any other token. */
export async function readCheckout(
  db: Db,
  place: { companySlug: string; firmSlug: string; token: string; ownTokenHashes: string[] },
): Promise<CheckoutPage | null> {
  const firm = await findFirmForPayer(db, place.companySlug, place.firmSlug);
  const checkout = firm && (await findCheckout(db, firm.firmId, place.token));
  const books = checkout && (await payConnection(db, checkout.connectionId));
  if (!firm || !checkout || !books) return null;

  const agreed = await listLines(db, checkout.id);
  const ids = agreed.map((line) => line.invoiceId);
  const [terms, capture, live, flights, own] = await Promise.all([
    currentTerms(db, firm.firmId),
    captureOf(db, checkout.id),
    liveAttemptOf(db, checkout.id),
    inFlight(db, checkout.connectionId, ids),
    checkoutIdsOf(db, [checkout.tokenHash, ...place.ownTokenHashes]),
  ]);
  const paidBy = capture?.processorAccountId ?? live?.processorAccountId;
  const account = paidBy ? await accountOf(db, firm.firmId, paidBy) : await payAccount(db, firm.firmId);
  const invoices = await findByIds(db, checkout.connectionId, ids);
  const lines = agreed.map((kept) => {
    const line = { ...kept, owedMinor: kept.partOfMinor ?? kept.amountMinor };
    const invoice = invoices.find((one) => one.invoiceId === line.invoiceId);
    const flight = withoutOwnHold(flights.get(line.invoiceId), own);
    if (!invoice || refuse(invoice, checkout.currency))
      return { ...line, nowMinor: 0n, held: null, debit: null };
    const now = toLine(invoice, flight, checkout.currency);
    return { ...line, nowMinor: now.payableMinor, held: now.held, debit: now.debit };
  });
  return {
    firm: { ...firm, terms },
    books,
    checkout,
    lines,
    partMinimumMinor: leastPart(firm, { currency: checkout.currency, invoices: lines.length }),
    captureId: capture?.id ?? null,
    payAt: live?.state === "submitted" ? null : (live?.sessionUrl ?? null),
    submittedAt: live?.submittedAt ?? null,
    receiptTo: live?.payerEmail ?? null,
    isTest: account !== undefined && isTestInBooks(account, books),
  };
}

/** What is owed is not what it was when this payer agreed, or the firm takes no such part any more. */
export function hasChanged({ lines, partMinimumMinor }: CheckoutPage): boolean {
  return lines.some(
    (line) => line.nowMinor !== line.owedMinor || !mayPay(line.amountMinor, line.nowMinor, partMinimumMinor),
  );
}

/** Why what the payer has agreed to can't be charged; null when it can. */
export function unpayable({ lines, checkout }: CheckoutPage): Unpayable | null {
  return whyUnpayable(
    lines.map((line) => line.amountMinor),
    checkout.currency,
  );
}

/** What each line comes to if the payer goes on: the part that they chose where it still may be paid, else all that is owed. */
export function goingOn({ lines, partMinimumMinor, checkout }: CheckoutPage): CheckoutLine[] {
  const policy = { minimumMinor: partMinimumMinor, currency: checkout.currency };
  return lines.flatMap(({ invoiceId, number, amountMinor, partOfMinor, nowMinor }) => {
    if (nowMinor === 0n) return [];
    const isPart = partOfMinor !== null && amountMinor < nowMinor && mayChoose(amountMinor, nowMinor, policy);
    return [
      isPart
        ? { invoiceId, number, amountMinor, partOfMinor: nowMinor }
        : { invoiceId, number, amountMinor: nowMinor, partOfMinor: null },
    ];
  });
}
