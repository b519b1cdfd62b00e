import { sumOf, toDecimal } from "#lib/core/money/money.ts";
import { toQuery } from "#lib/firms/pay-link.ts";
import type { Plan } from "./plan.ts";

/** The longest address that we put on an invoice: how long Xero takes one is told nowhere. */
const LONGEST_LINK = 255;

/**
 * Where the client pays the invoice of a plan, by the number that it gets in the end. Null for one that owes nothing, is a draft, has
 * no number yet or can't be paid by link; and where the address has Xero's name in it, which Xero takes on no invoice
 * (xero-documents 2.1).
 */
export function payLinkOf({ currency, invoice }: Pick<Plan, "currency" | "invoice">): string | null {
  const { payPage, number, status, totals, payments } = invoice;
  const owed = totals.totalMinor - sumOf(payments.map(({ amountMinor }) => amountMinor));
  if (!payPage || number === null || status === "DRAFT" || owed <= 0n) return null;
  const amount = toDecimal({ minor: totals.totalMinor, currency });
  const link = `${payPage.address}?${toQuery({ short: payPage.shortCode, currency, amount, number })}`;
  return link.length > LONGEST_LINK || /xero/i.test(link) ? null : link;
}
