import { pointerOf } from "#lib/core/shape/shape-faults.ts";
import { type FileFault, FileFaults, fileFault } from "#lib/core/text/file-faults.ts";
import { type CsvTable, readCsv } from "#lib/core/text/read-csv.ts";
import { COLUMNS, type Column } from "./columns.ts";

/** The most orders of a file: as many as of a batch of the API. */
const MOST_IN_FILE = 500;

/** A cell of a file, or a row of it (`column` null). */
export type Cell = { row: number; column: Column | null; text: string };

/** What is wrong with an order before anybody looks at what it says. */
export type CellFault = { row: number; column: string | null; message: string };

/** An order as a file has it. */
export type UploadedOrder = {
  number: string;
  /** Its first. */
  row: number;
  /** As the API takes it, however faulty. */
  sent: Record<string, unknown>;
  /** Where its parts stand in the file, by their JSON Pointers. */
  cells: Map<string, Cell>;
  faults: CellFault[];
};

/**
 * The orders of a CSV file, a row a line of an order: what an order has once may stand on its first row alone, or the same on all.
 * Throws FileFaults for what leaves in doubt which orders the file has; all else that is wrong is the fault of an order.
 */
export function readUpload(text: string, source: string): UploadedOrder[] {
  requireReadable(text);
  const { names, records } = readCsv(text.replace(/^\uFEFF/, ""));
  if (names.length === 0) throw fileFault(1, "There is nothing in it.");
  const columns = columnsOf(names);
  const rows = records.map((record) => ({
    ...record,
    cells: new Map(
      Object.entries(record.fields).flatMap(([name, cell]) => {
        const column = columns.get(name);
        return column ? [[column.name, cell.replaceAll("\r\n", "\n")] as const] : [];
      }),
    ),
  }));
  if (rows.length === 0) throw fileFault(1, "There is no order in it.");
  const unnamed = rows.filter(({ cells }) => !cells.has(NUMBER));
  if (unnamed.length > 0) {
    throw new FileFaults(
      unnamed.map(({ line }) => ({ line, field: NUMBER, message: "Say which order this row is of." })),
    );
  }
  const orders = Map.groupBy(rows, ({ cells }) => cells.get(NUMBER) ?? "");
  if (orders.size > MOST_IN_FILE) {
    const all = `There are ${orders.size} orders in it; a file takes at most ${MOST_IN_FILE}: split it.`;
    throw fileFault(1, all);
  }
  const places = new Map(rows.map((row, at) => [row, at]));
  return [...orders].map(([number, ofOrder]) => orderOf(number, { rows: ofOrder, source, places }));
}

const NUMBER = "Order number";

/** A file that is saved in another encoding has signs that nobody can tell, or NULs. */
function requireReadable(text: string): void {
  const at = Math.max(text.indexOf("\0"), text.indexOf("\uFFFD"));
  if (at >= 0)
    throw fileFault(
      text.slice(0, at).split("\n").length,
      "There is a character here that can't be read. Save the file as “CSV UTF-8”.",
    );
}

/** The columns of a file by its own names. Throws FileFaults for one that is not known, is there twice, or is missing. */
function columnsOf(names: string[]): Map<string, Column> {
  const byName = new Map(COLUMNS.map((column) => [plain(column.name), column]));
  const found = new Map<string, Column>();
  const faults: FileFault[] = [];
  const fault = (message: string) => faults.push({ line: 1, field: null, message });
  for (const name of names) {
    const column = byName.get(plain(name));
    if (!column) fault(`There is no column “${name.slice(0, 60)}”. ${KNOWN}`);
    else if ([...found.values()].includes(column)) fault(`The column “${column.name}” is there twice.`);
    else found.set(name, column);
  }
  const has = new Set(found.values());
  for (const column of COLUMNS)
    if (column.isNeeded && !has.has(column)) fault(`The column “${column.name}” is missing.`);
  if (faults.length > 0) throw new FileFaults(faults);
  return found;
}

const KNOWN = `The columns are ${COLUMNS.map(({ name }) => name).join(", ")}.`;

function plain(name: string): string {
  return name.toLowerCase().replace(/\s+/g, " ");
}

type Row = CsvTable["records"][number] & { cells: Map<string, string> };
type Filled = Cell & { column: Column };
type OfOrder = { rows: Row[]; source: string; places: Map<Row, number> };

function orderOf(number: string, { rows, source, places }: OfOrder): UploadedOrder {
  const [first] = rows;
  const order: UploadedOrder = {
    ...{ number, row: first?.row ?? 1, sent: { source, lines: rows.map(() => ({})) } },
    ...{ cells: new Map(), faults: apart(rows, places) },
  };
  for (const column of COLUMNS.filter(({ of }) => of === "order")) {
    const filled = rows.filter(({ cells }) => cells.has(column.name));
    const said = filled[0]?.cells.get(column.name);
    if (said !== undefined) put(order, [], { row: filled[0]?.row ?? 1, column, text: said });
    for (const { row, cells } of filled) {
      if (cells.get(column.name) === said) continue;
      const message = `Row ${filled[0]?.row} of this order says “${said}”, this one “${cells.get(column.name)}”.`;
      order.faults.push({ row, column: column.name, message });
    }
  }
  rows.forEach(({ row, cells }, at) => {
    order.cells.set(pointerOf(["lines", at]), { row, column: null, text: "" });
    for (const column of COLUMNS.filter(({ of }) => of === "line")) {
      const text = cells.get(column.name) ?? (column.isNeeded ? "" : undefined);
      if (text !== undefined) put(order, ["lines", at], { row, column, text });
    }
  });
  askForNeeded(order);
  return order;
}

/** An order that goes on behind another one may be there twice, as when a file was pasted behind one that overlaps it. */
function apart(rows: Row[], places: Map<Row, number>): CellFault[] {
  const placeOf = (row: Row | undefined) => (row && places.get(row)) ?? 0;
  return rows.flatMap((row, at) => {
    if (at === 0 || placeOf(row) === placeOf(rows[at - 1]) + 1) return [];
    const message = `Other orders stand between this row and row ${rows[at - 1]?.row} of the same order: keep its rows together, and each of them once.`;
    return [{ row: row.row, column: NUMBER, message }];
  });
}

/** What an order must say and the file does not is asked for at its own cell: the API would lead to what lacks it. */
function askForNeeded(order: UploadedOrder): void {
  const ask = (name: string) => {
    const column = columnNamed(name);
    if (!order.cells.has(pointerOf(column.path))) put(order, [], { row: order.row, column, text: "" });
  };
  const { buyer, payments } = order.sent as { buyer?: Record<string, unknown>; payments?: unknown };
  for (const { name, of, isNeeded } of COLUMNS) if (of === "order" && isNeeded) ask(name);
  if (buyer === undefined || buyer.person !== undefined) ask("Customer name");
  order.cells.set("#/buyer", { row: order.row, column: columnNamed("Customer name"), text: "" });
  if (payments === undefined) return;
  ask("Tender");
  ask("Amount paid");
  order.cells.set("#/payments", { row: order.row, column: columnNamed("Amount paid"), text: "" });
}

function columnNamed(name: string): Column {
  const column = COLUMNS.find((one) => one.name === name);
  if (!column) throw new Error(`There is no column ${name}`);
  return column;
}

/** Puts what a cell says where it belongs in what is sent, below `base`. */
function put({ sent, cells }: UploadedOrder, base: (string | number)[], cell: Filled): void {
  const value = cell.column.read ? cell.column.read(cell.text) : cell.text;
  if (value === undefined) return;
  const path: (string | number)[] = [];
  const whole = [...base, ...cell.column.path];
  let inside: Record<string | number, unknown> = sent;
  for (const [nth, key] of whole.entries()) {
    const place = key === "+" && Array.isArray(inside) ? inside.length : key;
    path.push(place);
    const next = whole[nth + 1];
    if (next === undefined) inside[place] = value;
    else inside[place] ??= next === "+" || typeof next === "number" ? [] : {};
    inside = inside[place] as typeof inside;
  }
  cells.set(pointerOf(path), cell);
}
