/** Create and update of items (DOC items). Words without a source are ours. */
import { randomUUID } from "node:crypto";
import { child, type Folded, flag, text, units } from "../../body.ts";
import type { Call } from "../../call.ts";
import { accounts, items, taxRates } from "../../store/books.ts";
import { type Item, type ItemPrice, isTracked } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { unitDecimals } from "../invoices/find.ts";
import { demand } from "../write.ts";

export function createItem(call: Call, body: Folded): Stored<Item> {
  const item = { id: randomUUID(), code: "", isSold: true, isPurchased: true, sales: {}, purchases: {} };
  return edit(call, item, body);
}

export const updateItem = (call: Call, before: Stored<Item>, body: Folded): Stored<Item> =>
  edit(call, before, body);

/** Also the control API's way to change one "in Xero". */
export function saveItem(scope: Scope, item: Item): Stored<Item> {
  scope.world.journal.write("xero.item.saved", {
    tenantId: scope.tenantId,
    itemId: item.id,
    code: item.code,
  });
  return items.put(scope, item);
}

/** Also the control API's way to delete one "in Xero". */
export function removeItem(scope: Scope, { id, code }: Item): void {
  scope.world.journal.write("xero.item.deleted", { tenantId: scope.tenantId, itemId: id, code });
  items.remove(scope, id);
}

/** Quantity and cost are read-only: DOC items, "They cannot be explicitly set via the Items endpoint". */
function edit(call: Call, before: Item, body: Folded): Stored<Item> {
  const texts = {
    code: text(body, "Code"),
    name: text(body, "Name"),
    description: text(body, "Description"),
    purchaseDescription: text(body, "PurchaseDescription"),
    inventoryAccountCode: text(body, "InventoryAssetAccountCode") || undefined,
  };
  const sent = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
  const purchase = child(body, "PurchaseDetails");
  const cogsAccountCode = text(purchase, "COGSAccountCode") || before.purchases.cogsAccountCode;
  const after: Item = {
    ...before,
    ...sent,
    isSold: flag(body, "IsSold") ?? before.isSold,
    isPurchased: flag(body, "IsPurchased") ?? before.isPurchased,
    sales: priceOf(call, child(body, "SalesDetails"), before.sales),
    purchases: { ...priceOf(call, purchase, before.purchases), ...(cogsAccountCode && { cogsAccountCode }) },
  };
  demand([
    ...faultsOfTexts(after),
    ...faultsOfCode(call, after),
    ...faultsOfAccounts(call, after),
    ...faultsOfTracking(before, after),
    ...faultsOfTaxes(call, [child(body, "SalesDetails"), purchase]),
  ]);
  return saveItem(call, withoutUnused(after));
}

/** REC item_create: a TaxType that is not sent is the account's. */
function priceOf(call: Call, body: Folded | undefined, before: ItemPrice): ItemPrice {
  const decimals = unitDecimals(call);
  const sent = units(body, "UnitPrice", decimals);
  const unitPrice = sent === undefined ? before.unitPrice : sent * 10 ** (4 - decimals);
  const accountCode = text(body, "AccountCode") || before.accountCode;
  const isMoved = accountCode !== before.accountCode;
  const ofAccount = accountCode ? accounts.named(call, accountCode)[0]?.taxType : undefined;
  const taxType = text(body, "TaxType") || (isMoved ? ofAccount : before.taxType);
  return {
    ...(unitPrice !== undefined && { unitPrice }),
    ...(accountCode && { accountCode }),
    ...(taxType && { taxType }),
  };
}

/** DOC items: "If IsSold is updated to false then Description and SalesDetails values will be nulled", and likewise. */
function withoutUnused({ description, purchaseDescription, ...item }: Item): Item {
  return {
    ...item,
    ...(item.isSold && description !== undefined && { description }),
    ...(item.isPurchased && purchaseDescription !== undefined && { purchaseDescription }),
    sales: item.isSold ? item.sales : {},
    purchases: item.isPurchased ? item.purchases : {},
  };
}

function faultsOfTexts({ code, name = "", description = "", purchaseDescription = "" }: Item): string[] {
  const limits: [name: string, value: string, most: number][] = [
    ["Code", code, 30],
    ["Name", name, 50],
    ["Description", description, 4000],
    ["PurchaseDescription", purchaseDescription, 4000],
  ];
  return [
    ...(code ? [] : ["Code must be specified"]),
    ...limits.flatMap(([what, value, most]) =>
      value.length > most ? [`${what} must not be more than ${most} characters`] : [],
    ),
  ];
}

/** OAS, example of a refused Items PUT. */
function faultsOfCode(scope: Scope, { id, code }: Item): string[] {
  const isTaken = items.named(scope, code).some((other) => other.id !== id);
  return isTaken ? [`Price List Item with Code '${code}' already exists`] : [];
}

function faultsOfAccounts(scope: Scope, item: Item): string[] {
  const { sales, purchases, inventoryAccountCode } = item;
  const { accountCode, cogsAccountCode } = purchases;
  const codes = [sales.accountCode, accountCode, cogsAccountCode, inventoryAccountCode];
  const unknown = codes.filter((code) => code && !accounts.named(scope, code)[0]);
  const stock = inventoryAccountCode ? accounts.named(scope, inventoryAccountCode)[0] : undefined;
  return [
    ...unknown.map((code) => `Account code '${code}' is not a valid code for this item.`),
    ...(stock && stock.type !== "INVENTORY"
      ? ["The InventoryAssetAccountCode must be of type INVENTORY"]
      : []),
    ...(isTracked(item) && item.isPurchased && !cogsAccountCode
      ? ["COGSAccountCode is required for a tracked item"]
      : []),
    ...(cogsAccountCode && !isTracked(item) ? ["COGSAccountCode is only applicable to tracked items"] : []),
    ...(isTracked(item) && accountCode
      ? ["AccountCode is not applicable to the purchase details of tracked items"]
      : []),
  ];
}

/** Xero Central, "Update or delete an inventory item": "you can't clear Purchase or Sell checkboxes". The words are ours. */
function faultsOfTracking(before: Item, after: Item): string[] {
  const isCleared = (before.isSold && !after.isSold) || (before.isPurchased && !after.isPurchased);
  return isTracked(before) && isCleared ? ["A tracked item is both sold and purchased"] : [];
}

/** One that is sent is there and in use (words: xero-documents 13). */
function faultsOfTaxes(scope: Scope, sent: (Folded | undefined)[]): string[] {
  const taxTypes = sent.flatMap((details) => text(details, "TaxType") || []);
  const isUsable = (taxType: string) =>
    taxType === "NONE" || taxRates.named(scope, taxType).some(({ status = "ACTIVE" }) => status === "ACTIVE");
  return taxTypes
    .filter((taxType) => !isUsable(taxType))
    .map(
      (taxType) =>
        `The TaxType code ${taxType} does not exist or cannot be used for this type of transaction.`,
    );
}
