import type { OrderFault, OrderFaultCode } from "../faults.ts";
import type { Cell, CellFault, UploadedOrder } from "./read-upload.ts";

/** A fault of an order, where it stands in the file that it came in, in the words of who filled that in. */
export function faultInFile(order: UploadedOrder, fault: OrderFault): CellFault {
  const cell = cellAt(order, fault.pointer);
  return { row: cell.row, column: cell.column?.name ?? null, message: wordsOf(fault, cell) };
}

/** The cell that a pointer leads to, or what lies around it. */
function cellAt({ cells, row }: UploadedOrder, pointer: string): Cell {
  for (let at = pointer; at.includes("/"); at = at.slice(0, at.lastIndexOf("/"))) {
    const cell = cells.get(at);
    if (cell) return cell;
  }
  return { row, column: null, text: "" };
}

/** What the API says in its own terms. */
const IN_A_FILE: Partial<Record<OrderFaultCode, string>> = {
  "buyer-not-one": "Say who bought in one way: the customer's name, the customer id, or yes under Cash sale.",
  "cost-missing": "The order is to be tracked with a purchase order, and no row of it has a unit cost.",
};

function wordsOf({ code, detail }: OrderFault, { column, text }: Cell): string {
  if (code !== "field-invalid" || !column) return IN_A_FILE[code] ?? detail;
  if (text === "") return "This is empty.";
  return column.holds ? `“${text.slice(0, 100)}” can't be read. Write ${column.holds}.` : detail;
}
