import { toDecimal } from "#lib/core/money/money.ts";
import { pointerOf, type Readable } from "#lib/core/shape/shape-faults.ts";
import { type LineTarget, lineTarget, percentOf } from "#lib/mapping/target-rules.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import type { OrderLine, ReadableOrder } from "../order-body.ts";
import { type LineAmounts, lineAmounts } from "./amount-rules.ts";
import { differsBy, hundredths } from "./decimals.ts";
import type { Part, PlannedLine, SetBooks } from "./plan.ts";

/** The invoice's lines, each where its kind goes; null while one of them can't be read. */
export function linesOf(order: ReadableOrder, books: SetBooks): Part<PlannedLine[]> {
  const parts = (order.lines ?? []).map((line, at) => lineOf(order, line ?? {}, { at, books }));
  const planned = parts.flatMap((part) => part.planned ?? []);
  return {
    planned: planned.length > 0 && planned.length === parts.length ? planned : null,
    faults: parts.flatMap((part) => part.faults),
  };
}

function lineOf(
  { amounts, currency }: ReadableOrder,
  line: Readable<OrderLine>,
  { at, books }: { at: number; books: SetBooks },
): Part<PlannedLine> {
  const own = ownTarget(books.chart, line, at);
  const { kind, description, quantity, unitPrice } = line;
  if (kind === undefined) return { planned: null, faults: own.faults };
  const { target, faults: ofKind } = lineTarget(
    books.chart,
    { ...books.mapping, settings: books.settings },
    kind,
  );
  const faults = [
    ...ofKind.map(({ code, subject, detail }) =>
      orderFault(code, { pointer: atLine(at, "kind"), subject, detail: `${kind}: ${detail}` }),
    ),
    ...own.faults,
  ];
  if (description === undefined || quantity === undefined || unitPrice === undefined || !amounts)
    return { planned: null, faults };
  const percent = percentOf(books.chart, target.taxType) ?? "0";
  const discountPercent = line.discountPercent ?? null;
  const worked = lineAmounts({ quantity, unitPrice, discountPercent }, { amounts, percent });
  faults.push(...tooLarge(worked, atLine(at, "unitPrice")));
  if (line.tax !== undefined && currency && differsBy(hundredths(line.tax), worked.taxMinor) > 1n) {
    const comesTo = toDecimal({ minor: worked.taxMinor, currency });
    const detail = `You sent ${line.tax}; ${target.taxType} at ${percent} % comes to ${comesTo}.`;
    faults.push(orderFault("tax-differs", { pointer: atLine(at, "tax"), subject: target.taxType, detail }));
  }
  return {
    planned: { ...target, ...own.target, ...worked, description, quantity, unitPrice, discountPercent },
    faults,
  };
}

/** The fault of a line that is more than Xero takes (xero-documents 2.1). */
export function tooLarge({ lineMinor }: LineAmounts, pointer: string): OrderFault[] {
  if (differsBy(lineMinor, 0n) <= MOST_OF_LINE) return [];
  return [orderFault("line-too-large", { pointer, detail: "The line comes to more than 9,999,999,999.99." })];
}

const MOST_OF_LINE = 999_999_999_999n;

export function atLine(at: number, field: string): string {
  return pointerOf(["lines", at, field]);
}

/** What a line says itself of its item and its tracking. */
export function ownTarget(
  chart: BooksChart,
  { itemCode, tracking }: Readable<OrderLine>,
  at: number,
): { target: Partial<Pick<LineTarget, "itemCode" | "tracking">>; faults: OrderFault[] } {
  const faults: OrderFault[] = [];
  if (itemCode !== undefined && !chart.items.some(({ code, isSold }) => code === itemCode && isSold)) {
    const detail = `There is no item ${itemCode} in Xero that is sold.`;
    faults.push(orderFault("item-unknown", { pointer: atLine(at, "itemCode"), subject: itemCode, detail }));
  }
  const options = (tracking ?? []).flatMap((named, nth) => {
    if (named?.category === undefined || named.option === undefined) return [];
    const category = chart.tracking.find(
      ({ name, status }) => name === named.category && status === "ACTIVE",
    );
    const option = category?.options.find(({ name, status }) => name === named.option && status === "ACTIVE");
    if (category && option) return [{ categoryId: category.categoryId, optionId: option.optionId }];
    faults.push(
      orderFault("tracking-unknown", {
        pointer: pointerOf(["lines", at, "tracking", nth]),
        subject: `${named.category}: ${named.option}`,
        detail: category
          ? `${named.category} has no active option “${named.option}”.`
          : `There is no active tracking category “${named.category}”.`,
      }),
    );
    return [];
  });
  return {
    target: { ...(itemCode !== undefined && { itemCode }), ...(tracking && { tracking: options }) },
    faults,
  };
}
