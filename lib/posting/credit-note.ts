import { z } from "zod";
import { stepOf } from "#lib/core/money/currencies.ts";
import { shares } from "#lib/core/money/money.ts";
import type { InvoiceInLines } from "#lib/xero/api/types.ts";

/** What a credit note says, as it is kept beside its posting. */
export const creditNoteBody = z.strictObject({
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

export type CreditNoteBody = z.infer<typeof creditNoteBody>;

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
