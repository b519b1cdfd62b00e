/** What a firm's lines are made of: two tracking categories with their options, and three items. */

import { items, trackingCategories } from "../store/books.ts";
import type { Item, TrackingCategory } from "../store/order-model.ts";
import { salesTaxType } from "./chart.ts";
import type { Firm } from "./organisation.ts";
import { idOf } from "./random.ts";

const tracking: [category: string, options: string[], archived: string[]][] = [
  ["Region", ["North", "South", "West Coast"], ["Old Town"]],
  ["Service", ["Accounts", "Payroll", "Tax"], []],
];

/** Prices in units of 1/10,000. */
const catalogue: [code: string, name: string, sold: number, bought?: number][] = [
  ["HOUR", "Consulting, by the hour", 1_850_000],
  ["RETURN", "Tax return", 9_900_000],
  ["PAPER-A4", "Copy paper, a box", 425_950, 301_250],
];

export function addCatalogue(firm: Firm): void {
  const { key } = firm.plan;
  const longAgo = firm.world.clock.now() - 40 * 86_400_000;
  for (const [name, active, archived] of tracking) {
    const option = (status: "ACTIVE" | "ARCHIVED") => (called: string) => ({
      ...{ id: idOf(key, "tracking-option", name, called), name: called, status },
    });
    const options = [...active.map(option("ACTIVE")), ...archived.map(option("ARCHIVED"))];
    const category: TrackingCategory = { id: idOf(key, "tracking", name), name, status: "ACTIVE", options };
    trackingCategories.put(firm, category, longAgo);
  }
  for (const [code, name, sold, bought] of catalogue)
    items.put(firm, itemOf(firm, { code, name, sold, bought }), longAgo);
}

type Entry = { code: string; name: string; sold: number; bought: number | undefined };

function itemOf({ plan }: Firm, { code, name, sold, bought }: Entry): Item {
  const taxType = salesTaxType(plan.country);
  return {
    ...{ id: idOf(plan.key, "item", code), code, name, description: name },
    ...{ isSold: true, isPurchased: bought !== undefined },
    sales: { unitPrice: sold, accountCode: "200", taxType },
    ...(bought === undefined
      ? { purchases: {} }
      : {
          purchaseDescription: name,
          purchases: { unitPrice: bought, accountCode: "453", taxType: taxType.replace("OUTPUT", "INPUT") },
        }),
  };
}
