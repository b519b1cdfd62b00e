/** What a line takes from the item that it names (DOC invoices, LineItems; xero-documents 2.1). */
import { type Folded, text } from "../../body.ts";
import type { Line } from "../../model.ts";
import { fromUnits } from "../../money.ts";
import { items } from "../../store/books.ts";
import { type Item, isTracked } from "../../store/order-model.ts";
import type { Scope } from "../../store/rows.ts";

type Sold = { isSale: boolean; movesStock: boolean };
type OnLine = { body: Folded; itemCode?: string | undefined; faults: string[] };

/** The line's body with what the item says where the line says nothing. One that has the item already keeps its own. */
export function withItem(scope: Scope, body: Folded, before: Line | undefined, sold: Sold): OnLine {
  const code = text(body, "ItemCode");
  if (code === undefined) return { body, itemCode: before?.itemCode, faults: [] };
  if (!code) return { body, faults: [] };
  const [item] = items.named(scope, code);
  // The words for both are ours.
  if (!item) return { body, faults: [`Item code '${code}' is not valid`] };
  if (isTracked(item) && sold.movesStock)
    return { body, faults: [`Item '${item.code}' is tracked, and this simulator moves no stock`] };
  const isNew = before?.itemCode !== item.code;
  return { body: isNew ? filled(body, item, sold) : body, itemCode: item.code, faults: [] };
}

function filled(body: Folded, item: Item, { isSale }: Sold): Folded {
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
