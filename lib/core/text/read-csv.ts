import { FileFaults, type FileRecord, fileFault } from "./file-faults.ts";

/** A table as its file has it: the names in its first line, and what stands below them. */
export type CsvTable = {
  names: string[];
  /** Blank lines and empty cells left out; `row`: as a spreadsheet counts, blank lines too. */
  records: (FileRecord<Record<string, string>> & { row: number })[];
};

/**
 * Reads CSV (RFC 4180) with commas, semicolons or tabs, as the first line has them: spreadsheets write what their country is used
 * to. Columns without a name at the end are let be while nothing stands in them. Throws FileFaults.
 */
export function readCsv(text: string): CsvTable {
  const [header, ...rows] = rowsOf(text).filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (!header) return { names: [], records: [] };
  const names = withoutEnd(header.cells, 0);
  const twice = names.find((name, index) => name === "" || names.indexOf(name) !== index);
  if (twice !== undefined)
    throw fileFault(
      header.line,
      "Name each column once in the first line, with commas or semicolons between.",
    );
  const within = rows.map((row) => ({ ...row, cells: withoutEnd(row.cells, names.length) }));
  const faults = within
    .filter(({ cells }) => cells.length !== names.length)
    .map(({ line, cells }) => ({
      line,
      field: null,
      message: `The first line has ${names.length} columns, this one ${cells.length}.`,
    }));
  if (faults.length > 0) throw new FileFaults(faults);
  const records = within.map(({ cells, ...at }) => ({
    ...at,
    fields: Object.fromEntries(
      names.flatMap((name, index) => {
        const cell = cells[index];
        return cell ? [[name, cell]] : [];
      }),
    ),
  }));
  return { names, records };
}

/** Its cells but those behind the first so many that are empty up to the end. */
function withoutEnd(cells: string[], atLeast: number): string[] {
  const filled = cells.findLastIndex((cell) => cell !== "") + 1;
  return cells.slice(0, Math.max(filled, atLeast));
}

type Row = { line: number; row: number; cells: string[] };

/** A cell in quotes may hold separators, line ends, and quotes written twice. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  const separator = separatorOf(text);
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, "y");
  let line = 1;
  let row: Row = { line, row: 1, cells: [] };
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found)
      throw fileFault(
        line,
        "A quote stands here alone. Put the cell in quotes, and write a quote in it twice.",
      );
    const [whole, quoted, plain = "", end] = found;
    row.cells.push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim());
    line += whole.split("\n").length - 1;
    if (end === separator) {
      if (cell.lastIndex === text.length) row.cells.push("");
      else continue;
    }
    rows.push(row);
    row = { line, row: rows.length + 1, cells: [] };
  }
  if (row.cells.length > 0) rows.push(row);
  return rows;
}

/** What stands between the names in the first line; what is in quotes is a name's own. */
function separatorOf(text: string): string {
  const [names = ""] = text.trimStart().split(/\r?\n/, 1);
  return [",", ";", "\t"].find((sign) => names.replace(/"[^"]*"/g, "").includes(sign)) ?? ",";
}
