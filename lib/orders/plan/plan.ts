import type { Mapping, OrderSettings } from "#lib/mapping/mapping.ts";
import type { LineTarget } from "#lib/mapping/target-rules.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import type { OrderFault } from "../faults.ts";
import type { Amounts, LineAmounts, Totals } from "./amount-rules.ts";

/** What an organisation's books say that an order is held against, all from the mirror. */
export type Books = {
  chart: BooksChart;
  mapping: Mapping;
  /** Nothing dated up to this day can be written; null: no lock. */
  lockedUntil: string | null;
  /** Where the organisation is; IANA. */
  timeZone: string;
  /** The day there. */
  today: string;
  /** Where the firm's clients pay invoices of the organisation; null while they can't: no processor, or no account for what they pay. */
  payPage: { address: string; shortCode: string } | null;
};

/** The same once staff have said how orders are written. */
export type SetBooks = Books & { settings: OrderSettings };

/** A contact in Xero, or one to be made. */
export type Party =
  | { kind: "contact"; contactId: string; name: string }
  | { kind: "new"; key: string; name: string; email: string | null };

/** A line of a document as Xero is to have it, and what Xero will work out of it. */
export type PlannedLine = LineTarget &
  LineAmounts & {
    description: string;
    quantity: string;
    unitPrice: string;
    discountPercent: string | null;
  };

/** The exact documents that an order becomes, before they have a reference. */
export type Plan = {
  buyer: Party;
  currency: string;
  invoice: {
    /** Null: Xero's next. */
    number: string | null;
    date: string;
    dueDate: string;
    status: "AUTHORISED" | "DRAFT";
    amounts: Amounts;
    lines: PlannedLine[];
    totals: Totals;
    payments: { accountId: string; amountMinor: bigint; date: string }[];
    payPage: Books["payPage"];
    /** Whether Xero e-mails it to the contact. */
    sendEmail: boolean;
  };
  purchaseOrder: {
    supplier: Party;
    number: string;
    date: string;
    lines: PlannedLine[];
    totals: Totals;
  } | null;
  /** What will not be as it was sent, in words. */
  adjustments: string[];
};

/** A part of a plan, with what is wrong in it; null while it can't be made. */
export type Part<T> = { planned: T | null; faults: OrderFault[] };
