/** Lines as Xero prints them, in every kind of document that has some. */
import type { Line } from "../../model.ts";
import { accounts } from "../../store/books.ts";
import type { Scope } from "../../store/rows.ts";
import { amount, decimal, type Wire } from "../../wire.ts";
import { type LineItem, lineItem } from "../items/lines.ts";
import { showTracking } from "../tracking/lines.ts";

type Document = { status: string; lines: Line[] };
export type ShowLines = (document: Document, unitDecimals: 2 | 4) => Wire[];

/** Items, accounts and tracking are kept by their ids and shown by the names of today, each read once for many documents. */
export function showLines(scope: Scope): ShowLines {
  const tracking = showTracking(scope);
  const itemOf = once((id) => lineItem(scope, id));
  const accountOf = once((id) => accounts.get(scope, id));
  return ({ status, lines }, unitDecimals) =>
    lines.map((line) => {
      const Tracking = tracking(line.tracking);
      // A line of a description alone is that alone (REC credit_notes_page, CN-0025).
      if (line.isText) return { Description: line.description, Tracking, LineItemID: line.id };
      const item = line.itemId ? itemOf(line.itemId) : undefined;
      const accountCode = line.accountId ? accountOf(line.accountId)?.code : undefined;
      return lineToWire(line, {
        ...{ unitDecimals, Tracking, accountCode },
        item: item?.isDeleted && !isApproved(status) ? undefined : item,
      });
    });
}

type Around = {
  unitDecimals: 2 | 4;
  Tracking: Wire[];
  item: LineItem | undefined;
  accountCode: string | undefined;
};

function lineToWire(line: Line, { unitDecimals, Tracking, item, accountCode }: Around): Wire {
  const unit = unitDecimals === 4 ? line.unitAmount : Math.round(line.unitAmount / 100);
  return {
    ...(item && { ItemCode: item.code }),
    ...(line.description !== undefined && { Description: line.description }),
    UnitAmount: decimal(unit, unitDecimals),
    ...(line.taxType && { TaxType: line.taxType }),
    TaxAmount: amount(line.taxAmount),
    LineAmount: amount(line.lineAmount),
    ...(accountCode && { AccountCode: accountCode }),
    // As others have recorded it of an invoice; SDK, LineItemItem.
    ...(item && {
      Item: { ItemID: item.id, ...(item.name !== undefined && { Name: item.name }), Code: item.code },
    }),
    Tracking,
    Quantity: decimal(line.quantity, 4),
    ...(line.discount !== undefined && { DiscountRate: decimal(line.discount / 100, 2) }),
    ...(line.discountAmount !== undefined && { DiscountAmount: amount(line.discountAmount) }),
    LineItemID: line.id,
    ...(line.accountId && { AccountID: line.accountId }),
    ValidationErrors: [],
  };
}

/** Xero Central, "Update or delete an inventory item": documents with another status lose a deleted item's code at once. */
const isApproved = (status: string) => status !== "DRAFT" && status !== "SUBMITTED";

function once<T>(read: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    if (!known.has(id)) known.set(id, read(id));
    return known.get(id) as T;
  };
}
