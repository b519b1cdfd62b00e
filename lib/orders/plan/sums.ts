import { sumOf, toDecimal } from "#lib/core/money/money.ts";
import { accountFault } from "#lib/mapping/target-rules.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import { type FoundIn, type OrderFault, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import { type Amounts, type Totals, toleranceOf, totalsOf } from "./amount-rules.ts";
import { differsBy, hundredths } from "./decimals.ts";
import type { PlannedLine, SetBooks } from "./plan.ts";

type ToSum = {
  planned: PlannedLine[];
  paid: bigint[];
  amounts: Amounts;
  currency: string;
  books: SetBooks;
  /** Every line goes where staff have mapped it: else what they come to may be another sum once that is mended. */
  isSure: boolean;
};
type Sums = { lines: PlannedLine[]; totals: Totals; faults: OrderFault[]; adjustments: string[] };

/**
 * Holds the total, the tax and the payments that were sent against what the lines come to. Where the total differs by what
 * rounding explains, a line of rounding makes it right.
 */
export function sumsOf(
  order: ReadableOrder,
  { planned, paid, amounts, currency, books, isSure }: ToSum,
): Sums {
  const inWords = (minor: bigint) => toDecimal({ minor, currency });
  const before = totalsOf(planned, amounts);
  // Tax on top is the mapping's: where that explains what differs, staff mend it and not the sender.
  const foundIn = (sent: bigint): FoundIn =>
    !isSure || (amounts === "exclusive" && isExplainedByTax(sent, before)) ? "mapping" : "body";
  const tolerance = toleranceOf(planned.length);
  const faults: OrderFault[] = [];
  if (order.taxTotal !== undefined && differsBy(hundredths(order.taxTotal), before.taxMinor) > tolerance) {
    const detail = `Tax comes to ${inWords(before.taxMinor)}, you sent ${order.taxTotal}.`;
    faults.push(orderFault("tax-differs", { pointer: "#/taxTotal", detail }));
  }
  const {
    line,
    adjustments,
    faults: ofRounding,
  } = rounded(order, { before, tolerance, books, inWords, foundIn });
  faults.push(...ofRounding);
  const lines = line ? [...planned, line] : planned;
  const totals = totalsOf(lines, amounts);
  if (totals.totalMinor < 0n) {
    const detail = `The lines come to ${inWords(totals.totalMinor)}.`;
    faults.push(orderFault("total-negative", { pointer: "#/lines", detail }));
  } else if (sumOf(paid) > totals.totalMinor) {
    const detail = `${inWords(sumOf(paid))} was paid of ${inWords(totals.totalMinor)}.`;
    faults.push(
      orderFault("payments-exceed-total", { pointer: "#/payments", detail, found: foundIn(sumOf(paid)) }),
    );
  }
  return { lines, totals, faults, adjustments };
}

/** Between no tax and more than any country has. */
function isExplainedByTax(sent: bigint, { netMinor }: Totals): boolean {
  return sent >= netMinor && sent <= netMinor + (netMinor * 2n) / 5n;
}

type Rounded = { line: PlannedLine | null; faults: OrderFault[]; adjustments: string[] };

function rounded(
  { total }: ReadableOrder,
  {
    before,
    tolerance,
    books,
    inWords,
    foundIn,
  }: {
    before: Totals;
    tolerance: bigint;
    books: SetBooks;
    inWords: (minor: bigint) => string;
    foundIn: (sent: bigint) => FoundIn;
  },
): Rounded {
  const none = { line: null, faults: [], adjustments: [] };
  const rest = total === undefined ? 0n : hundredths(total) - before.totalMinor;
  if (rest === 0n) return none;
  const pointer = "#/total";
  if (differsBy(rest, 0n) > tolerance) {
    const detail = `Lines come to ${inWords(before.totalMinor)}, you sent ${total}.`;
    const found = foundIn(before.totalMinor + rest);
    return { ...none, faults: [orderFault("total-differs", { pointer, detail, found })] };
  }
  const accountCode = books.settings.roundingAccountCode;
  if (accountCode === null) {
    const detail = `${inWords(rest)} is left over by rounding.`;
    return { ...none, faults: [orderFault("rounding-unmapped", { pointer, subject: "rounding", detail })] };
  }
  const found = accountFault(books.chart, accountCode);
  if (found) {
    const { code, subject, detail } = found;
    return { ...none, faults: [orderFault(code, { pointer, subject, detail: `Rounding: ${detail}` })] };
  }
  const line = {
    ...{ description: "Rounding", quantity: "1", unitPrice: inWords(rest), discountPercent: null },
    ...{ accountCode, taxType: untaxed(books.chart), itemCode: null, tracking: [] },
    ...{ lineMinor: rest, taxMinor: 0n },
  };
  return { line, faults: [], adjustments: [`A line of rounding, ${inWords(rest)}: your total is ${total}.`] };
}

/** A tax type of nothing per cent that the organisation has: in Australia it has another name (xero-documents 8). */
function untaxed({ taxRates }: BooksChart): string {
  const isActive = (one: string) =>
    taxRates.some(({ taxType, status }) => taxType === one && status === "ACTIVE");
  return ["NONE", "BASEXCLUDED"].find(isActive) ?? "NONE";
}
