import { fromDecimal, sumOf } from "#lib/core/money/money.ts";
import type { MirroredInvoice } from "#lib/mirror/read.ts";
import { type Unpayable, unpayableOf } from "#lib/payments/attempts/charge-amount-rules.ts";
import { owed, refuse } from "#lib/payments/attempts/invoice-state-rules.ts";
import type { InFlight } from "#lib/payments/in-flight.ts";
import type { Link } from "./links/link-rules.ts";

/**
 * Which invoice a link means, or null. The number alone opens nothing: the amount must be what is or was due, unless
 * this browser has proved that it reads the contact's mail. A link that fits sales of two organisations, whatever has
 * become of them since, means neither.
 */
export function askedInvoice(
  link: Link,
  invoices: MirroredInvoice[],
  proved: (invoice: MirroredInvoice) => boolean,
): MirroredInvoice | null {
  const meant = invoices.filter((invoice) => {
    if (invoice.type !== "ACCREC" || invoice.number === null) return false;
    if (link.currency !== null && link.currency !== invoice.currency) return false;
    return proved(invoice) || knowsAmount(link, invoice);
  });
  if (new Set(meant.map(({ connectionId }) => connectionId)).size > 1) return null;
  const fits = meant.filter(({ status }) => status === "AUTHORISED" || status === "PAID");
  const exact = fits.filter((invoice) => link.numbers.includes(invoice.number ?? ""));
  if (exact.length > 0) return exact.find((invoice) => invoice.status === "AUTHORISED") ?? exact[0] ?? null;
  const cut = fits.filter(
    (invoice) => link.cutAtHash !== null && invoice.number?.startsWith(`${link.cutAtHash}#`),
  );
  return cut.length === 1 ? (cut[0] ?? null) : null;
}

function knowsAmount(link: Link, invoice: MirroredInvoice): boolean {
  const minor = amountOf(link, invoice.currency);
  return (
    minor !== null &&
    minor > 0n &&
    [invoice.totalMinor, invoice.dueMinor, ...invoice.duesSeen].includes(minor)
  );
}

/** The link's amount in hundredths, or null when it can't be one. */
export function amountOf(link: Link, currency: string): bigint | null {
  if (link.amount === null) return null;
  try {
    return fromDecimal(link.amount, currency);
  } catch {
    return null;
  }
}

export type Line = {
  invoiceId: string;
  number: string;
  dueDate: string | null;
  currency: string;
  dueMinor: bigint;
  /** Paid here and not yet in the books. */
  sentMinor: bigint;
  sentSince: Date | null;
  /** What can be paid now: 0 when nothing can. */
  payableMinor: bigint;
  why: "held" | "debit" | "other_currency" | "on_its_way" | "unpayable" | null;
  /** Why it can't be paid online at all. */
  unpayable: Unpayable | null;
  /** Somebody has begun to pay it, and may until then. */
  held: { since: Date; until: Date } | null;
  /** What a bank debit under way will bring. */
  debit: { minor: bigint; since: Date } | null;
};

/** A payer's own unfinished payment is no obstacle: pressing Pay again goes on with it or gives it up. A bank debit is given. */
export function withoutOwnHold(flight: InFlight | undefined, ownCheckoutIds: string[]): InFlight | undefined {
  return flight?.hold && !flight.hold.submittedAt && ownCheckoutIds.includes(flight.hold.checkoutId)
    ? { ...flight, hold: null }
    : flight;
}

/** The asked invoice first decides the currency; each line says what can be paid now, or why nothing can. */
export function toLine(invoice: MirroredInvoice, flight: InFlight | undefined, currency: string): Line {
  const sentMinor = flight?.sentMinor ?? 0n;
  const left = owed(invoice.dueMinor, [sentMinor]);
  const hold = flight?.hold ?? null;
  const debit = hold?.submittedAt ? { minor: hold.amountMinor, since: hold.submittedAt } : null;
  const why =
    refuse(invoice, currency) === "other_currency"
      ? "other_currency"
      : debit
        ? "debit"
        : hold
          ? "held"
          : left === 0n
            ? "on_its_way"
            : null;
  return {
    invoiceId: invoice.invoiceId,
    number: invoice.number ?? "",
    dueDate: invoice.dueDate,
    currency: invoice.currency,
    dueMinor: invoice.dueMinor,
    sentMinor,
    sentSince: flight?.sentSince ?? null,
    payableMinor: why === null ? left : 0n,
    why,
    unpayable: null,
    held: why === "held" && hold ? { since: hold.since, until: hold.until } : null,
    debit,
  };
}

/** The lines with those that can't be paid online said to be so; `minimumMinor`: the least part that the firm takes of one. */
export function judged(lines: Line[], order: { currency: string; minimumMinor: bigint | null }): Line[] {
  const because = unpayableOf(
    lines.filter((line) => line.payableMinor > 0n),
    order,
  );
  return lines.map((line) => {
    const unpayable = because.get(line.invoiceId);
    return unpayable ? { ...line, payableMinor: 0n, why: "unpayable", unpayable } : line;
  });
}

/** What is outstanding in the lines' common currency, money on its way taken off. */
export function outstanding(lines: Line[], currency: string): bigint {
  return sumOf(
    lines.filter((line) => line.currency === currency).map((line) => owed(line.dueMinor, [line.sentMinor])),
  );
}
