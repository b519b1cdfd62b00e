/**
 * What approved documents do to the stock of tracked items, by average cost (DOC items). The rules are those of Xero Central,
 * "About tracked inventory in Xero" and "Troubleshoot tracked inventory items"; what neither says is among the open choices.
 */
import type { Line, LineAmountType, Stock } from "../../model.ts";
import { portion } from "../../money.ts";
import { toBase } from "../../rates.ts";
import { items } from "../../store/books.ts";
import { type Item, isTracked } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { demand } from "../write.ts";

type Document = { status: string; lines: Line[]; lineAmountType: LineAmountType; rate: number };

/** Whether the items come in, and whether at the line's own price, or at the average cost. */
const trades = {
  sold: { isIn: false, isAtOwnPrice: false },
  bought: { isIn: true, isAtOwnPrice: true },
  "returned by the customer": { isIn: true, isAtOwnPrice: false },
  "returned to the supplier": { isIn: false, isAtOwnPrice: true },
};
type Trade = keyof typeof trades;

/** "The balances must be sufficient at today's date", and this is what Xero's screen says of each that is not. */
const outOfBalance =
  "This will result in an inventory item with a zero quantity but a total value that is not zero";
// The words are ours.
const nothingToAverage = (code: string) =>
  `Item '${code}' has no stock, and this simulator does not know at which cost Xero takes any back`;

/**
 * The document with what each line moved, and moved back what none of its lines moves any more: they were changed, or the
 * document was voided. Throws when there is too little. What an approved document had before stays as it is.
 */
export function moveStock<T extends Document>(
  scope: Scope,
  before: Document | undefined,
  after: T,
  trade: Trade,
): T {
  const stock = stockOf(scope);
  const old = movesOf(before);
  const now = movesOf(after);
  for (const [move, line] of old) if (!now.has(move)) stock.undo(line);
  const lines = after.lines.map(({ stock: _, ...line }): Line => {
    const move = moveOf(after, line);
    if (!now.has(move)) return line;
    const kept = old.get(move);
    const moved = kept ? kept.stock : stock.trade(line, netOf(after, line), trade);
    return { ...line, ...(moved && { stock: moved }) };
  });
  stock.save();
  return { ...after, lines };
}

/** The lines of an approved document, by what each is for its item's stock. */
function movesOf(document: Document | undefined): Map<string, Line> {
  if (!document || !isApproved(document)) return new Map();
  return new Map(document.lines.map((line) => [moveOf(document, line), line]));
}

const isApproved = ({ status }: Document) => status === "AUTHORISED" || status === "PAID";

const moveOf = (document: Document, line: Line) =>
  JSON.stringify([line.id, line.itemId, line.quantity, netOf(document, line)]);

/** Without tax, in the base currency. */
function netOf({ lineAmountType, rate }: Document, { lineAmount, taxAmount }: Line): number {
  return toBase(lineAmount - (lineAmountType === "Inclusive" ? taxAmount : 0), rate);
}

/** The stock of the items that are touched, written when all is done: what is bought twice on one document counts together. */
function stockOf(scope: Scope) {
  const held = new Map<string, Stock>();
  const trackedItem = ({ itemId }: Line) => {
    const item = itemId ? items.get(scope, itemId) : undefined;
    return item && isTracked(item) ? item : undefined;
  };
  const add = (item: Stored<Item>, { quantity, value }: Stock, sign: 1 | -1) => {
    const had = held.get(item.id) ?? item.stock ?? none;
    held.set(item.id, { quantity: had.quantity + sign * quantity, value: had.value + sign * value });
  };
  return {
    undo(line: Line): void {
      const item = trackedItem(line);
      if (item && line.stock) add(item, line.stock, -1);
    },
    /** What the line moves; undefined for what is not tracked. */
    trade(line: Line, net: number, trade: Trade): Stock | undefined {
      const item = trackedItem(line);
      if (!item) return undefined;
      const { isIn, isAtOwnPrice } = trades[trade];
      const had = held.get(item.id) ?? item.stock ?? none;
      demand(isIn && !isAtOwnPrice && had.quantity === 0 ? [nothingToAverage(item.code)] : []);
      const sign = isIn ? 1 : -1;
      const value = isAtOwnPrice ? net : averageOf(had, line.quantity);
      const moved = { quantity: sign * line.quantity, value: sign * value };
      add(item, moved, 1);
      return moved;
    },
    save() {
      for (const [id, stock] of held) {
        const { quantity, value } = stock;
        demand(quantity < 0 || value < 0 || (quantity === 0 && value !== 0) ? [outOfBalance] : []);
        const item = items.get(scope, id);
        // 3P joho-erp, of Xero's guide to tracked inventory: a change of stock alone moves no UpdatedDateUTC.
        if (item) items.put(scope, { ...item, stock }, item.updatedAt);
      }
    },
  };
}

const none: Stock = { quantity: 0, value: 0 };

const averageOf = ({ quantity, value }: Stock, of: number) =>
  quantity === 0 ? 0 : portion(value, of, quantity);
