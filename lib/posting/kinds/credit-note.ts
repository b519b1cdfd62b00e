import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { stepOf } from "#lib/core/money/currencies.ts";
import { shares } from "#lib/core/money/money.ts";
import type { InvoiceInLines } from "#lib/xero/api/types.ts";
import { ACCOUNT, TAX } from "../causes.ts";
import { beginning, freeReference, type Origin } from "../reference.ts";
import { insertPosting } from "../store.ts";
import { createCreditRefund } from "./credit-refund.ts";
import { aimed, type DocumentKind, type TakenBack } from "./kind.ts";

/** What a refund gives back of an invoice: a credit note with the invoice's own accounts and tax. Its payment follows. */
export const creditNote: DocumentKind = {
  words: "Credit note of a refund",
  refusals: [
    { cause: "line_tax", says: TAX },
    { cause: "line_account", says: ACCOUNT },
  ],
  async prepare(xero, posting) {
    const { targetId, amountMinor, date, currency } = aimed(posting);
    return creditNoteOf(await xero.invoiceInLines(targetId, currency), { amountMinor, currency, date });
  },
  send(xero, { reference, currency, body }, key) {
    const { contactId, date, lines } = creditNoteBody.parse(body);
    const inMinor = lines.map(({ gross, ...line }) => ({ ...line, grossMinor: BigInt(gross) }));
    return xero.createCreditNote({ reference, currency, contactId, date, lines: inMinor }, key);
  },
  find: (xero, posting) => xero.findCreditNotes(posting.reference),
  follow: (tx, posting, { xeroId }) =>
    createCreditRefund(tx, posting, {
      creditNoteId: xeroId,
      date: creditNoteBody.safeParse(posting.body).data?.date ?? posting.date,
      looked: posting.sends > 1 || posting.body === null,
    }),
};

export const creditNoteTakenBack: TakenBack = {
  takeBack: (xero, xeroId, key) => xero.endCreditNote(xeroId, "VOIDED", key),
  isThere: (xero, xeroId) => xero.isCreditNoteThere(xeroId),
};

export type RefundToPost = {
  firmId: string;
  connectionId: string;
  refundLineId: string;
  origin: Origin;
  isTest: boolean;
  /** Where the money went back from. */
  accountId: string;
  currency: string;
  date: string;
  invoiceId: string;
  amountMinor: bigint;
};

/**
 * Promises that this share of a refund will be in Xero once: a credit note with the invoice's lines and tax in
 * proportion, and then its payment out of the account. Call it in the transaction that records the refund.
 */
export async function createRefundPosting(
  tx: Db,
  { refundLineId, origin, isTest, invoiceId, ...refund }: RefundToPost,
): Promise<void> {
  const reference = await freeReference(tx, `${origin.id} credit`, isTest);
  const begins = await beginning(tx, origin);
  await insertPosting(
    tx,
    { ...refund, ...begins, kind: "credit_note", sourceId: refundLineId, targetId: invoiceId, reference },
    [],
  );
}

/** What a credit note says, as it is kept beside its posting. */
const creditNoteBody = z.strictObject({
  contactId: z.string(),
  date: z.string(),
  lines: z.array(
    z.strictObject({
      description: z.string(),
      accountCode: z.string().nullable(),
      taxType: z.string().nullable(),
      /** Hundredths, tax included, as text. */
      gross: z.string().regex(/^-?\d+$/),
    }),
  ),
});

type CreditNoteBody = z.infer<typeof creditNoteBody>;

/**
 * A part of an invoice, taken back: each of its lines in proportion, so that they come to `amountMinor` to Xero's hundredth and
 * each keeps its account and tax type. Dated no earlier than the invoice.
 */
export function creditNoteOf(
  invoice: InvoiceInLines,
  { amountMinor, currency, date }: { amountMinor: bigint; currency: string; date: string },
): CreditNoteBody {
  const parts = shares(
    amountMinor,
    invoice.lines.map((line) => line.grossMinor),
    stepOf(currency),
  );
  const lines = invoice.lines.map(({ description, accountCode, taxType }, at) => ({
    description: `Refund: ${description}`.slice(0, 4_000),
    accountCode,
    taxType,
    gross: String(parts[at] ?? 0n),
  }));
  return {
    contactId: invoice.contactId,
    date: [date, invoice.date ?? date].sort().at(-1) ?? date,
    lines: lines.filter(({ gross }) => gross !== "0"),
  };
}
