/** Items on the lines of documents: kept by their ids, and what a line takes from one (DOC invoices, LineItems; xero-documents 2.1). */
import { type Folded, text } from "../../body.ts";
import type { Line } from "../../model.ts";
import { fromUnits } from "../../money.ts";
import { items } from "../../store/books.ts";
import type { Item } from "../../store/order-model.ts";
import { type Scope, versionsOf } from "../../store/rows.ts";

export type LineItem = Item & { isDeleted: boolean };

/**
 * The item that a line has, as it is now, or as it was last when it is deleted. Xero Central, "Update or delete an inventory
 * item": of what is changed of an item, the code alone also changes on existing transactions.
 */
export function lineItem(scope: Scope, id: string): LineItem | undefined {
  const item = items.get(scope, id);
  if (item) return { ...item, isDeleted: false };
  const last = versionsOf<Item>(scope, items.kind, id).at(-1);
  return last && { ...last, isDeleted: true };
}

/** Xero Central, the same page: Xero removes the code of a deleted item from documents that are edited. */
export function withoutDeletedItems(scope: Scope, lines: Line[]): Line[] {
  return lines.map((line) => {
    const { itemId, ...rest } = line;
    return itemId && !items.get(scope, itemId) ? rest : line;
  });
}

type OnLine = { body: Folded; item?: Item | undefined; faults: string[] };

/** The line's body with what the item says where the line says nothing. One that has the item already keeps its own. */
export function withItem(
  scope: Scope,
  body: Folded,
  before: Line | undefined,
  { isSale }: { isSale: boolean },
): OnLine {
  const code = text(body, "ItemCode");
  if (code === undefined) return { body, item: items.get(scope, before?.itemId ?? ""), faults: [] };
  if (!code) return { body, faults: [] };
  const [item] = items.named(scope, code);
  // The words are ours.
  if (!item) return { body, faults: [`Item code '${code}' is not valid`] };
  return { body: before?.itemId === item.id ? body : filled(body, item, isSale), item, faults: [] };
}

function filled(body: Folded, item: Item, isSale: boolean): Folded {
  const { unitPrice, accountCode, taxType } = isSale ? item.sales : item.purchases;
  const account = isSale ? accountCode : (item.inventoryAccountCode ?? accountCode);
  const says = (...names: string[]) => names.some((name) => (body[name] ?? null) !== null);
  const hasOwnAccount = says("accountcode", "accountid");
  const description = isSale ? item.description : item.purchaseDescription;
  return {
    ...body,
    ...(description !== undefined && !says("description") && { description }),
    ...(unitPrice !== undefined &&
      !says("unitamount", "lineamount") && { unitamount: fromUnits(unitPrice, 4) }),
    ...(account && !hasOwnAccount && { accountcode: account }),
    // xero-documents 2.1: with an account of its own it has that account's tax.
    ...(taxType && !hasOwnAccount && !says("taxtype") && { taxtype: taxType }),
  };
}
