import { shares, sumOf } from "#lib/core/money/money.ts";
import { pointerOf } from "#lib/core/shape/shape-faults.ts";
import { type OrderFault, orderFault } from "./faults.ts";
import { hundredths } from "./plan/decimals.ts";

/** A line of an order's invoice, and what it comes to with its tax, in hundredths. */
export type InvoicedLine = {
  description: string;
  quantity: string;
  accountCode: string;
  taxType: string | null;
  itemCode: string | null;
  tracking: { categoryId: string; optionId: string }[];
  grossMinor: bigint;
};

/** What goes back of an order: some of its lines, an amount with its tax, or all that is left. */
export type ToCredit = {
  lines?: { line: number; quantity?: string | undefined }[] | undefined;
  amount?: string | undefined;
};

/**
 * What each of an invoice's lines gives back, with its tax, by its place; zero for those that give nothing. `left`: what has not
 * been credited yet.
 */
export function creditOf(
  invoiced: InvoicedLine[],
  { lines, amount }: ToCredit,
  left: bigint,
): { minors: bigint[]; faults: OrderFault[] } {
  const weights = invoiced.map(({ grossMinor }) => grossMinor);
  if (left <= 0n)
    return {
      minors: [],
      faults: [
        orderFault("refund-exceeds-order", { pointer: "#", detail: "All of it has gone back already." }),
      ],
    };
  if (!lines) {
    const wanted = amount === undefined ? left : hundredths(amount);
    if (wanted > left) return { minors: [], faults: [exceeds("#/amount")] };
    return { minors: shares(wanted, weights), faults: [] };
  }
  const faults: OrderFault[] = [];
  const minors = invoiced.map(() => 0n);
  for (const [at, { line, quantity }] of lines.entries()) {
    const of = invoiced[line];
    const pointer = pointerOf(["lines", at, "line"]);
    if (!of)
      faults.push(orderFault("refund-line-unknown", { pointer, detail: `The order has no line ${line}.` }));
    else if ((minors[line] ?? 0n) !== 0n)
      faults.push(orderFault("refund-line-unknown", { pointer, detail: `Line ${line} is here twice.` }));
    else minors[line] = part(of, quantity);
    if (of && quantity !== undefined && scaled(quantity) > scaled(of.quantity))
      faults.push(
        orderFault("refund-exceeds-order", {
          pointer: pointerOf(["lines", at, "quantity"]),
          detail: `The order has ${of.quantity} of it.`,
        }),
      );
  }
  if (faults.length === 0 && sumOf(minors) > left) faults.push(exceeds("#/lines"));
  if (faults.length === 0 && sumOf(minors) <= 0n)
    faults.push(
      orderFault("refund-exceeds-order", { pointer: "#/lines", detail: "These lines come to nothing." }),
    );
  return { minors, faults };
}

function exceeds(pointer: string): OrderFault {
  return orderFault("refund-exceeds-order", {
    pointer,
    detail: "It is more than what is left of the order.",
  });
}

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
