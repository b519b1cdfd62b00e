import type { OrderSettings } from "#lib/mapping/mapping.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import { datesOf } from "./dates.ts";
import { linesOf } from "./lines.ts";
import type { NumberHolder } from "./number-holders.ts";
import { paymentsOf } from "./payments.ts";
import type { Books, Part, Party, Plan } from "./plan.ts";
import { purchaseOf } from "./purchase.ts";
import { sumsOf } from "./sums.ts";

export type Given = {
  books: Books;
  /** Who the buyer is in Xero; neither planned nor faulty while it can't be read. */
  buyer: Part<Party>;
  /** The same of whom the goods of a tracked order are bought from, by the order or else by the settings. */
  supplier: Part<Party>;
  /** What orders of its key become where they don't say; null: as the organisation is set. */
  processOfKey: OrderSettings["process"] | null;
  /** The other invoice in Xero that has the number which this one would get. */
  numberHolder: NumberHolder | null;
};

/** The number that an order's invoice gets; null: Xero's next. */
export function invoiceNumber(settings: OrderSettings | null, number: string): string | null {
  return settings?.numbering === "order" ? settings.numberPrefix + number : null;
}

/**
 * What an order becomes in Xero, or all that keeps it from that. What can't be read of it is left out of account: its shape's own
 * faults are told beside these. There is a plan only when there is no fault here, and all of the order could be read.
 */
export function planOrder(order: ReadableOrder, given: Given): Part<Plan> {
  const { books, buyer } = given;
  const { settings } = books.mapping;
  const { currency, amounts } = order;
  const dates = datesOf(order, books);
  const faults = [
    ...buyer.faults,
    ...currencyFaults(order, books),
    ...dates.faults,
    ...numberFaults(order, given),
  ];
  if (!settings) {
    const detail = "Settings → Orders has not been saved for this organisation.";
    return { planned: null, faults: [orderFault("orders-not-set-up", { pointer: "#", detail }), ...faults] };
  }
  const set = { ...books, settings };
  const lines = linesOf(order, set);
  const payments = paymentsOf(order, books, dates.date);
  const status = order.status ?? settings.invoiceStatus;
  const purchase = purchaseFrom(order, { given, settings });
  const sums =
    lines.planned && amounts && currency
      ? sumsOf(order, {
          ...{ planned: lines.planned, paid: payments.paid, amounts, currency, books: set },
          isSure: lines.faults.length === 0,
        })
      : null;
  faults.push(...lines.faults, ...payments.faults, ...(purchase?.faults ?? []), ...(sums?.faults ?? []));
  if (status === "DRAFT" && payments.paid.length > 0) {
    const detail = "The invoice would be a draft.";
    const found = order.status ? ("body" as const) : ("mapping" as const);
    faults.push(orderFault("payments-need-authorised", { pointer: "#/payments", detail, found }));
  }
  // A till's cash customer is nobody whom the settings mean.
  const sendEmail =
    order.sendEmail ?? (settings.emailInvoices && status === "AUTHORISED" && order.buyer?.cash !== true);
  if (status === "DRAFT" && sendEmail) {
    const detail = "The invoice would be a draft.";
    const found = order.status ? ("body" as const) : ("mapping" as const);
    faults.push(orderFault("email-needs-authorised", { pointer: "#/sendEmail", detail, found }));
  }
  if (faults.length > 0 || !sums || !amounts || !currency || !buyer.planned || order.number === undefined)
    return { planned: null, faults };
  if (purchase?.planned === null) return { planned: null, faults };
  return {
    faults,
    planned: {
      ...{ buyer: buyer.planned, currency, adjustments: [...dates.adjustments, ...sums.adjustments] },
      invoice: {
        ...{
          number: invoiceNumber(settings, order.number),
          date: dates.date,
          dueDate: dates.dueDate,
          status,
        },
        ...{ amounts, lines: sums.lines, totals: sums.totals, payments: payments.planned },
        payPage: books.payPage,
        sendEmail,
      },
      purchaseOrder: purchase
        ? { ...purchase.planned, number: settings.numberPrefix + order.number, date: dates.date }
        : null,
    },
  };
}

function currencyFaults({ currency }: ReadableOrder, { chart }: Books): OrderFault[] {
  // While the chart has not been read to its end nothing is known to be missing from it.
  if (!currency || !chart.asOf || chart.currencies.includes(currency)) return [];
  const detail = `${currency} is not among the organisation's currencies.`;
  return [orderFault("currency-not-subscribed", { pointer: "#/currency", subject: currency, detail })];
}

function numberFaults(order: ReadableOrder, given: Given): OrderFault[] {
  const { books, numberHolder } = given;
  const { settings } = books.mapping;
  if (order.number === undefined || !settings) return [];
  const number = invoiceNumber(settings, order.number);
  if (number === null) {
    return isTracked(order, given, settings)
      ? unusable(settings.numberPrefix + order.number, "#/number")
      : [];
  }
  const pointer = "#/number";
  const odd = unusable(number, pointer);
  if (odd.length > 0) return odd;
  if (!numberHolder) return [];
  const { order: other } = numberHolder;
  const detail = other
    ? `${number} is the number of the invoice of order ${other.number} from ${other.source} in Xero.`
    : `${number} is the number of another invoice in Xero.`;
  return [orderFault("number-taken", { pointer, detail, orderId: other?.id })];
}

function isTracked({ process }: ReadableOrder, { processOfKey }: Given, settings: OrderSettings): boolean {
  return (process ?? processOfKey ?? settings.process) === "tracked";
}

/** Null for what is not tracked. */
function purchaseFrom(order: ReadableOrder, { given, settings }: { given: Given; settings: OrderSettings }) {
  if (!isTracked(order, given, settings)) return null;
  const { planned, faults } = purchaseOf(order, { ...given.books, settings });
  const { supplier } = given;
  const isNamed = supplier.planned !== null || supplier.faults.length > 0;
  const detail = "Nobody is named whom the goods are bought from.";
  const unset = isNamed ? [] : [orderFault("supplier-unset", { pointer: "#", detail })];
  return {
    planned: planned && supplier.planned ? { ...planned, supplier: supplier.planned } : null,
    faults: [...faults, ...supplier.faults, ...unset],
  };
}

/** Of an invoice and of a purchase order alike. */
function unusable(number: string, pointer: string): OrderFault[] {
  if (/^[ -~]{1,255}$/.test(number)) return [];
  const detail = `“${number}” has characters that no invoice or purchase order may have in its number.`;
  return [orderFault("number-unusable", { pointer, detail })];
}
