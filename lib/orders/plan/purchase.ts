import { accountFault, percentOf, stockAccountFault } from "#lib/mapping/target-rules.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import { lineAmounts, type Totals, totalsOf } from "./amount-rules.ts";
import { atLine, ownTarget, tooLarge } from "./lines.ts";
import type { Part, PlannedLine, SetBooks } from "./plan.ts";

/** What of a tracked order is bought: its lines that have a cost, on the accounts of what is bought or kept in stock. */
export function purchaseOf(
  order: ReadableOrder,
  { chart, mapping, settings }: SetBooks,
): Part<{ lines: PlannedLine[]; totals: Totals }> {
  const faults: OrderFault[] = [];
  const lines = (order.lines ?? []).flatMap((line, at): PlannedLine[] => {
    if (line?.unitCost === undefined || line.kind === undefined) return [];
    const kind = mapping.kinds.get(line.kind);
    const itemCode = line.itemCode ?? kind?.itemCode ?? null;
    const isStock = chart.items.some(({ code, isTracked }) => code === itemCode && isTracked);
    const accountCode = isStock
      ? settings.inventoryAccountCode
      : (kind?.costAccountCode ?? settings.costAccountCode);
    const pointer = atLine(at, "unitCost");
    if (accountCode === null) {
      const detail = isStock
        ? "There is no account for stock."
        : `${line.kind} has no account on purchase orders.`;
      faults.push(
        orderFault("cost-account-unset", { pointer, subject: isStock ? "inventory" : line.kind, detail }),
      );
      return [];
    }
    const found = (isStock ? stockAccountFault : accountFault)(chart, accountCode);
    if (found) faults.push(orderFault(found.code, { pointer, subject: found.subject, detail: found.detail }));
    const taxType = chart.accounts.find(({ code }) => code === accountCode)?.taxType ?? "NONE";
    const priced = { quantity: line.quantity ?? "1", unitPrice: line.unitCost, discountPercent: null };
    const worked = lineAmounts(priced, { amounts: "exclusive", percent: percentOf(chart, taxType) ?? "0" });
    faults.push(...tooLarge(worked, pointer));
    return [
      {
        ...{ ...priced, description: line.description ?? line.kind, accountCode, taxType, itemCode },
        ...worked,
        tracking: ownTarget(chart, line, at).target.tracking ?? kind?.tracking ?? [],
      },
    ];
  });
  const isReadable = order.lines?.every((line) => line?.kind !== undefined) ?? false;
  if (lines.length === 0 && faults.length === 0 && isReadable)
    faults.push(orderFault("cost-missing", { pointer: "#/lines", detail: "No line has a unitCost." }));
  return { planned: { lines, totals: totalsOf(lines, "exclusive") }, faults };
}
