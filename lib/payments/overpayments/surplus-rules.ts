import { stepOf } from "#lib/core/money/currencies.ts";
import { type InvoiceState, refuse } from "../attempts/invoice-state-rules.ts";
import type { Share } from "../refunds/refund-rules.ts";

/** What of each line its invoice no longer takes; lines that it takes whole are left out. */
export function excessOf(lines: Share[], roomOf: (invoiceId: string) => bigint): Share[] {
  return lines
    .map(({ invoiceId, amountMinor }) => {
      const room = roomOf(invoiceId);
      return { invoiceId, amountMinor: amountMinor > room ? amountMinor - room : 0n };
    })
    .filter(({ amountMinor }) => amountMinor > 0n);
}

/**
 * What an invoice may still be given in this currency, in what can be charged and given back: of a yen invoice that owes 100.50
 * it is 100, so that the rest of a payment can go back whole.
 */
export function roomOf(invoice: InvoiceState, currency: string): bigint {
  return refuse(invoice, currency) ? 0n : invoice.dueMinor - (invoice.dueMinor % stepOf(currency));
}

/** Why no overpayment can be written to this account, or null (xero-platform 3.10: bank transactions need a bank account). */
export function refuseOverpayment(
  account: { type: string; name: string; currency: string | null } | undefined,
  currency: string,
): string | null {
  if (!account) return "Xero's accounts have not been read yet. Try again in a few minutes.";
  if (account.type !== "BANK")
    return `${account.name} is no bank account, and Xero takes overpayments on those alone. Choose another clearing account under Settings, Payment link.`;
  if (account.currency && account.currency !== currency)
    return `${account.name} is kept in ${account.currency}, and an overpayment of ${currency} can't be written to it.`;
  return null;
}
