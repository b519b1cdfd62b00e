import { toDecimal } from "#lib/core/money/money.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { type PaymentStory, xeroPaymentOf } from "./read-payment.ts";
import { inWords } from "./timeline-words.ts";

/** Raised when a reader of the file would have to read it otherwise. */
const FORMAT = "counterfoil-evidence-3";

const HOW_TO_CHECK =
  "Each line of the timeline is a link of the firm's chain. Its hash is SHA-256, in hexadecimal, of the hash of the link " +
  "before and of the SHA-256 of each covered value in its order (nothing for null), all joined by '|'. Facts and address stand " +
  "behind a random text of their own; where they were erased, their SHA-256 itself stands for them, 'sha256:' before it. The " +
  "desk's command verify-timeline computes the whole chain anew.";

export type Evidence = ReturnType<typeof evidenceOf>;

/**
 * What a bank or an auditor is given about one payment: facts, the words that were accepted, what the money paid, the ids
 * under which others know it, and the timeline with its links. Instants are UTC, amounts decimals with their currency. Of
 * a card it holds what the page shows, of other payments nothing.
 */
export function evidenceOf(
  payment: PaymentStory,
  { firm, made }: { firm: FirmContext; made: { at: Date; by: string } },
) {
  const { currency, payer, books, postings, processor, terms, numbers } = payment;
  const decimal = (minor: bigint) => toDecimal({ minor, currency });
  const instant = (at: Date | null) => at?.toISOString() ?? null;
  return {
    format: FORMAT,
    made: { at: made.at.toISOString(), by: made.by },
    firm: { company: firm.companyName, name: firm.firmName },
    payment: {
      id: payment.captureId,
      reference: postings[0]?.reference ?? null,
      currency,
      amount: decimal(payment.amountMinor),
      method: payment.method,
      paidAt: payment.capturedAt.toISOString(),
      recordedAt: payment.recordedAt.toISOString(),
      receiptSentAt: instant(payment.receiptSentAt),
      problem: payment.problem,
    },
    payer: { name: payer.name, email: payer.email, ip: payer.ip, browser: payer.userAgent },
    allocations: payment.lines.map(({ invoiceId, number, amountMinor }) => ({
      invoice: number,
      xeroInvoiceId: invoiceId,
      amount: decimal(amountMinor),
      xeroPaymentId: xeroPaymentOf(payment, invoiceId),
    })),
    surpluses: payment.surpluses.map(({ amountMinor, from, to, posting: told }) => ({
      amount: decimal(amountMinor),
      paidFor: from,
      putOn: to,
      reference: told?.reference ?? null,
      xeroId: told?.xeroId ?? null,
    })),
    terms: terms && {
      version: terms.version,
      acceptedAt: instant(payer.termsAcceptedAt),
      sha256: terms.sha256,
      text: terms.body,
    },
    processor: {
      name: "Stripe",
      account: processor.accountRef,
      accountName: processor.displayName,
      livemode: processor.livemode,
      checkoutSession: payment.sessionRef,
      payment: payment.objectRef,
    },
    xero: {
      organisation: books.organisationName,
      legalName: books.legalName,
      registrationNumber: books.registrationNumber,
      standing: payment.standing,
      documents: postings.map((posting) => ({
        kind: posting.kind,
        reference: posting.reference,
        id: posting.xeroId,
        date: posting.date,
        clearingAccountId: posting.accountId,
        writtenAt: instant(posting.doneAt),
        said: posting.message,
      })),
    },
    timeline: payment.timeline.map((line) => {
      const { title, notes } = inWords(line, numbers);
      return {
        at: line.at.toISOString(),
        who: line.who,
        what: title,
        notes,
        ip: line.ip,
        link: line.link && { ...line.link, position: String(line.link.position) },
        covered: line.covered,
      };
    }),
    howToCheck: HOW_TO_CHECK,
  };
}
