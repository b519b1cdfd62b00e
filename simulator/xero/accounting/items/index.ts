/** Items (DOC items; xero-documents 7): no paging; POST also changes what it finds by its code. */
import { type Folded, text } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import { fields, inside, valueInside } from "../../query/fields.ts";
import { items } from "../../store/books.ts";
import { type Item, type ItemPrice, isTracked } from "../../store/order-model.ts";
import type { Stored } from "../../store/rows.ts";
import { amount, bareInstant, decimal, instant, type Wire } from "../../wire.ts";
import { unitDecimals } from "../invoices/find.ts";
import { list } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { createItem, removeItem, updateItem } from "./write.ts";

const known = fields("Item", {
  ItemID: ["id", "guid"],
  Code: ["label", "text"],
  Name: ["reference", "text"],
  Description: [inside("description"), "text"],
  PurchaseDescription: [inside("purchaseDescription"), "text"],
  IsSold: [valueInside("isSold"), "flag"],
  IsPurchased: [valueInside("isPurchased"), "flag"],
  IsTrackedAsInventory: [`(${valueInside("inventoryAccountCode")} is not null)`, "flag"],
  "SalesDetails.UnitPrice": [`(${valueInside("sales.unitPrice")} / 10000.0)`, "number"],
  "PurchaseDetails.UnitPrice": [`(${valueInside("purchases.unitPrice")} / 10000.0)`, "number"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

/** xero-documents 7: either of the two. */
const scopes = ["accounting.invoices", "accounting.settings"];

export const itemEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/Items",
    scopes,
    handler(call) {
      const { rows } = list(call, items, { fields: known, pages: false });
      return envelope(call, { Items: rows.map((item) => itemToWire(item, unitDecimals(call))) });
    },
  },
  {
    method: "GET",
    pattern: "/Items/:id",
    scopes,
    handler: (call) => envelope(call, { Items: [itemToWire(required(call), unitDecimals(call))] }),
  },
  {
    method: "PUT",
    pattern: "/Items",
    scopes,
    handler: (call) => write(call, (body) => createItem(call, body)),
  },
  {
    method: "POST",
    pattern: "/Items",
    scopes,
    handler: (call) =>
      write(call, (body) => {
        const id = text(body, "ItemID");
        const found = id ? items.get(call, id) : items.named(call, text(body, "Code") ?? "")[0];
        demand(id && !found ? ["The document with the supplied id was not found for this endpoint."] : []);
        return found ? updateItem(call, found, body) : createItem(call, body);
      }),
  },
  {
    method: "POST",
    pattern: "/Items/:id",
    scopes,
    handler(call) {
      const item = required(call);
      return write(call, (body) => updateItem(call, item, body));
    },
  },
  {
    method: "DELETE",
    pattern: "/Items/:id",
    scopes,
    handler(call) {
      const item = required(call);
      // Xero Central, "Update or delete an inventory item": of tracked ones alone. The words are ours.
      if (item.stock) {
        const ValidationErrors = [{ Message: "A tracked item that has been used cannot be deleted" }];
        throw invalid([{ ...itemToWire(item, unitDecimals(call)), ValidationErrors }]);
      }
      removeItem(call, item);
      return { status: 204 };
    },
  },
];

/** By id or code. */
function required(call: Call): Stored<Item> {
  const asked = call.params.id ?? "";
  const item = items.get(call, asked) ?? items.named(call, asked)[0];
  if (!item) throw notFound();
  return item;
}

/** DOC items: "a maximum of 500 items per request". REC item_create: the answer to a write has its time without an offset, and says that nothing is wrong. */
function write(call: Call, change: (body: Folded) => Stored<Item>) {
  return writeAll(call, {
    ...{ name: "Items", idName: "ItemID", most: 500 },
    write(body) {
      const item = change(body);
      const UpdatedDateUTC = bareInstant(item.updatedAt);
      return { ...itemToWire(item, unitDecimals(call)), UpdatedDateUTC, ValidationErrors: [] };
    },
  });
}

function itemToWire(item: Stored<Item>, decimals: 2 | 4): Wire {
  const { cogsAccountCode } = item.purchases;
  return {
    ItemID: item.id,
    Code: item.code,
    ...(item.description !== undefined && { Description: item.description }),
    ...(item.purchaseDescription !== undefined && { PurchaseDescription: item.purchaseDescription }),
    UpdatedDateUTC: instant(item.updatedAt),
    PurchaseDetails: {
      ...priceToWire(item.purchases, decimals),
      ...(cogsAccountCode && { COGSAccountCode: cogsAccountCode }),
    },
    SalesDetails: priceToWire(item.sales, decimals),
    ...(item.name !== undefined && { Name: item.name }),
    IsTrackedAsInventory: isTracked(item),
    ...(isTracked(item) && {
      InventoryAssetAccountCode: item.inventoryAccountCode,
      TotalCostPool: amount(item.stock?.value ?? 0),
      QuantityOnHand: decimal(item.stock?.quantity ?? 0, 4),
    }),
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
  };
}

function priceToWire({ unitPrice, accountCode, taxType }: ItemPrice, decimals: 2 | 4): Wire {
  return {
    ...(unitPrice !== undefined && {
      UnitPrice: decimal(decimals === 4 ? unitPrice : Math.round(unitPrice / 100), decimals),
    }),
    ...(accountCode && { AccountCode: accountCode }),
    ...(taxType && { TaxType: taxType }),
  };
}
