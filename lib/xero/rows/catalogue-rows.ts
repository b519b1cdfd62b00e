import type { Item } from "xero-node/dist/gen/model/accounting/item.js";
import type { TrackingCategory } from "xero-node/dist/gen/model/accounting/trackingCategory.js";
import type { XeroItem, XeroTrackingCategory } from "../api/types.ts";
import { need, text } from "./row-parts.ts";

/** `IsSold` and `IsPurchased` default to true (OAS Item): an absent one says nothing against it. */
export function readItem(row: Item): XeroItem {
  const itemId = need(row.itemID, "an item's id");
  return {
    itemId,
    code: need(text(row.code), `the code of item ${itemId}`),
    name: text(row.name),
    isSold: row.isSold !== false,
    isPurchased: row.isPurchased !== false,
    isTracked: row.isTrackedAsInventory === true,
    salesAccountCode: text(row.salesDetails?.accountCode),
    salesTaxType: text(row.salesDetails?.taxType),
  };
}

/** An option that can't be told from others makes the whole category unreadable: a line would lose it without a word. */
export function readTrackingCategory(row: TrackingCategory): XeroTrackingCategory {
  const categoryId = need(row.trackingCategoryID, "a tracking category's id");
  return {
    categoryId,
    name: row.name ?? "",
    status: need(text(row.status), `the status of tracking category ${categoryId}`),
    options: (row.options ?? []).map((option) => {
      const optionId = need(option.trackingOptionID, `the id of an option of ${categoryId}`);
      return {
        optionId,
        name: option.name ?? "",
        status: need(text(option.status), `the status of option ${optionId}`),
      };
    }),
  };
}
