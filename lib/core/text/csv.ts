/** A cell of a table that goes to a spreadsheet: text, or a number written plainly ("-12.50"). */
export type Cell = string | { number: string };

/** What tells Excel that the file is UTF-8; every other program takes it for nothing. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** By what a spreadsheet takes a cell for a formula (OWASP, "CSV Injection"), full-width forms and line feed included. */
const STARTS_FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/;

/**
 * One line of a CSV file (RFC 4180). Text that a spreadsheet would run begins with an apostrophe, which keeps it text; a
 * number stays a number, also a negative one. Throws for a number that is none, so that no text slips through as one.
 */
export function csvLine(cells: Cell[]): string {
  return `${cells.map(written).join(",")}\r\n`;
}

function written(cell: Cell): string {
  if (typeof cell === "string") return quoted(STARTS_FORMULA.test(cell) ? `'${cell}` : cell);
  if (!/^-?\d+(\.\d+)?$/.test(cell.number)) throw new RangeError(`Not a number: ${cell.number}`);
  return cell.number;
}

function quoted(text: string): string {
  return /[",\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
