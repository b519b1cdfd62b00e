import { formatFigure, sumOf } from "#lib/core/money/money.ts";

export type InvoiceState = { type: string; status: string; currency: string; dueMinor: bigint };

export type Refusal = "not_payable" | "nothing_due" | "other_currency";

/** Why nothing may be taken for this invoice, or null when something may. Only Xero's own words decide. */
export function refuse(invoice: InvoiceState, currency: string): Refusal | null {
  if (invoice.type !== "ACCREC" || invoice.status !== "AUTHORISED") return "not_payable";
  if (invoice.currency !== currency) return "other_currency";
  if (invoice.dueMinor <= 0n) return "nothing_due";
  return null;
}

/** Whether this may be paid of what is owed: all of it, or a part of at least the firm's minimum; null: no parts. */
export function mayPay(amountMinor: bigint, owedMinor: bigint, minimumMinor: bigint | null): boolean {
  if (amountMinor <= 0n || amountMinor > owedMinor) return false;
  return amountMinor === owedMinor || (minimumMinor !== null && amountMinor >= minimumMinor);
}

/** What may still be taken: due in Xero less what is already on its way there. Never below zero. */
export function owed(dueMinor: bigint, onItsWay: Iterable<bigint>): bigint {
  const left = dueMinor - sumOf(onItsWay);
  return left > 0n ? left : 0n;
}

/** Money that arrived must be what was held, to the hundredth; else the reason in words. */
export function mismatch(
  held: { currency: string; amountMinor: bigint },
  arrived: { currency: string; amountMinor: bigint },
): string | null {
  if (held.currency !== arrived.currency) return `Held ${held.currency}, but ${arrived.currency} arrived.`;
  if (held.amountMinor !== arrived.amountMinor)
    return `Held ${figure(held)}, but ${figure(arrived)} arrived.`;
  return null;
}

const figure = ({ amountMinor, currency }: { amountMinor: bigint; currency: string }) =>
  formatFigure({ minor: amountMinor, currency });
