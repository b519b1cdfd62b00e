import { leastOf, mostOf, stepOf, type Unchargeable, unchargeable } from "#lib/core/money/currencies.ts";
import { atMost, sumOf } from "#lib/core/money/money.ts";

/** Why these amounts can't be paid online together, whatever the payer tries: told before the processor is asked. */
export type Unpayable = Unchargeable | { why: "lines"; most: number };

/** "For payment mode, there is a maximum of 100 line items" (stripe-node 23.1.0, SessionCreateParams.line_items). */
export const MOST_LINES = 100;

/** Null where Stripe takes these amounts as one charge, each to the last digit. */
export function whyUnpayable(amounts: bigint[], currency: string): Unpayable | null {
  if (amounts.length > MOST_LINES) return { why: "lines", most: MOST_LINES };
  const together = unchargeable({ minor: sumOf(amounts), currency });
  if (together?.why === "currency") return together;
  const stepMinor = stepOf(currency);
  return amounts.some((minor) => minor % stepMinor !== 0n) ? { why: "step", stepMinor } : together;
}

/**
 * From how much to how much may be paid of an invoice where the firm takes parts of at least `minimumMinor`; null where no
 * part does. What is left must be payable too: a part that leaves less than the least charge would leave it for ever.
 */
export function partRange(
  owedMinor: bigint,
  minimumMinor: bigint,
  currency: string,
): { leastMinor: bigint; mostMinor: bigint } | null {
  const step = stepOf(currency);
  if (owedMinor % step !== 0n) return null;
  const least = leastOf(currency);
  const leastMinor = minimumMinor > least ? minimumMinor + ((step - (minimumMinor % step)) % step) : least;
  const mostMinor = atMost(owedMinor - least, mostOf(currency));
  return leastMinor <= mostMinor ? { leastMinor, mostMinor } : null;
}

/** Whether this is all that is owed, or a part that leaves a rest which can be paid; null: the firm takes no parts. */
export function mayChoose(
  amountMinor: bigint,
  owedMinor: bigint,
  { minimumMinor, currency }: { minimumMinor: bigint | null; currency: string },
): boolean {
  if (amountMinor === owedMinor) return amountMinor > 0n;
  const range = minimumMinor === null ? null : partRange(owedMinor, minimumMinor, currency);
  return range !== null && amountMinor >= range.leastMinor && amountMinor <= range.mostMinor;
}

/** An invoice that is owed, and whether it can be paid online: by itself, beside the others, or a part at a time. */
type Owed = { invoiceId: string; payableMinor: bigint };

/**
 * The invoices of one payer that can't be paid online, by id, each with the reason. One below the least charge can be paid
 * where others come to enough beside it; one above the most, where the firm takes parts (`minimumMinor`).
 */
export function unpayableOf(
  owed: Owed[],
  { currency, minimumMinor }: { currency: string; minimumMinor: bigint | null },
): Map<string, Unpayable> {
  const judged = owed.map((one) => ({ ...one, because: whyUnpayable([one.payableMinor], currency) }));
  const isTogether = sumOf(
    judged
      .filter(({ because }) => because === null || because.why === "least")
      .map((one) => one.payableMinor),
  );
  return new Map(
    judged.flatMap(({ invoiceId, payableMinor, because }) => {
      if (!because) return [];
      if (because.why === "least" && isTogether >= because.leastMinor) return [];
      if (because.why === "most" && minimumMinor !== null && partRange(payableMinor, minimumMinor, currency))
        return [];
      return [[invoiceId, because] as const];
    }),
  );
}
