import { shares, sumOf } from "#lib/core/money/money.ts";
import { pointerOf } from "#lib/core/shape/shape-faults.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import { hundredths } from "../plan/decimals.ts";

/** A line of an order's invoice, and what it comes to with its tax, in hundredths. */
export type InvoicedLine = {
  description: string;
  quantity: string;
  accountCode: string;
  taxType: string | null;
  itemCode: string | null;
  tracking: { categoryId: string; optionId: string }[];
  grossMinor: bigint;
  /** What of it has not been credited yet. */
  leftMinor: bigint;
};

/** What goes back of an order: some of its lines, an amount with its tax, or all that is left. */
export type ToCredit = {
  lines?: { line: number; quantity?: string | undefined }[] | undefined;
  amount?: string | undefined;
};

/** What each of an invoice's lines gives back, with its tax, by its place; zero for those that give nothing. */
export function creditOf(
  invoiced: InvoicedLine[],
  { lines, amount }: ToCredit,
): { minors: bigint[]; faults: OrderFault[] } {
  const lefts = invoiced.map(({ leftMinor }) => leftMinor);
  const left = sumOf(lefts);
  if (left <= 0n) return refusedWith("#", "All of it has gone back already.");
  if (!lines) {
    const wanted = amount === undefined ? left : hundredths(amount);
    return wanted > left ? refusedWith("#/amount", EXCEEDS) : { minors: shares(wanted, lefts), faults: [] };
  }
  const faults: OrderFault[] = [];
  const minors = invoiced.map(() => 0n);
  for (const [at, { line, quantity }] of lines.entries()) {
    const of = invoiced[line];
    const pointer = pointerOf(["lines", at, "line"]);
    const unknown = !of
      ? `The order has no line ${line}.`
      : minors[line] !== 0n
        ? `Line ${line} is here twice.`
        : null;
    if (unknown !== null) faults.push(orderFault("refund-line-unknown", { pointer, detail: unknown }));
    else if (of) {
      minors[line] = part(of, quantity);
      const isMore = quantity !== undefined && scaled(quantity) > scaled(of.quantity);
      if (isMore || magnitude(minors[line] ?? 0n) > magnitude(of.leftMinor)) {
        const where = quantity === undefined ? pointer : pointerOf(["lines", at, "quantity"]);
        const detail = isMore
          ? `The order has ${of.quantity} of it.`
          : "A part of this line has gone back already.";
        faults.push(orderFault("refund-exceeds-order", { pointer: where, detail }));
      }
    }
  }
  if (faults.length === 0 && sumOf(minors) <= 0n)
    return refusedWith("#/lines", "These lines come to nothing.");
  return { minors, faults };
}

const EXCEEDS = "It is more than what is left of the order.";

function refusedWith(pointer: string, detail: string) {
  return { minors: [], faults: [orderFault("refund-exceeds-order", { pointer, detail })] };
}

const magnitude = (minor: bigint) => (minor < 0n ? -minor : minor);

/** So much of a line, by its quantity; rounded to the hundredth, half up. */
function part({ grossMinor, quantity: all }: InvoicedLine, quantity: string | undefined): bigint {
  if (quantity === undefined || scaled(all) === 0n) return grossMinor;
  const doubled = 2n * grossMinor * scaled(quantity) + scaled(all);
  return doubled / (2n * scaled(all));
}

/** In ten-thousandths. */
function scaled(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(4, "0"));
}
