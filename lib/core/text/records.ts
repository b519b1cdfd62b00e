import type { z } from "zod";
import { AppError } from "../errors.ts";

/** A record of a file that somebody else's program wrote, and the line it begins on. */
export type FileRecord<T = Record<string, unknown>> = { line: number; fields: T };

/** What is wrong with a file, and where; `field` null for a record or the file as a whole. */
export type FileFault = { line: number; field: string | null; message: string };

/** A file can't be taken as it is: every fault at once, so that it is mended in one go. Nothing was stored. */
export class FileFaults extends AppError {
  readonly faults: FileFault[];
  constructor(all: FileFault[]) {
    const faults = all.toSorted((a, b) => a.line - b.line);
    super(
      "invalid",
      `${faults.length === 1 ? "One fault" : `${faults.length} faults`}; nothing was imported.`,
    );
    this.faults = faults;
  }
}

const MAX_RECORDS = 50_000;

/** "line 3, consumerKey: Paste the consumer key." */
export function faultInWords({ line, field, message }: FileFault): string {
  return `line ${line}${field ? `, ${field}` : ""}: ${message}`;
}

/** JSON (a list of objects) or CSV (a header line, commas; an empty cell is left out), told apart by the first sign. Throws FileFaults. */
export function readRecords(text: string): FileRecord[] {
  const body = text.replace(/^\uFEFF/, "");
  const records = /^\s*[[{]/.test(body) ? readJson(body) : readCsv(body);
  if (records.length === 0) throw fault(1, "There is nothing in it.");
  if (records.length > MAX_RECORDS)
    throw fault(records[MAX_RECORDS]?.line ?? 1, `A file holds at most ${MAX_RECORDS} records: split it.`);
  return records;
}

/** Each record by the schema: those that fit, and every fault of those that don't. */
export function parseRecords<S extends z.ZodType>(
  records: FileRecord[],
  schema: S,
): { fitting: FileRecord<z.output<S>>[]; faults: FileFault[] } {
  const faults: FileFault[] = [];
  const fitting = records.flatMap(({ line, fields }) => {
    const result = schema.safeParse(fields);
    if (result.success) return [{ line, fields: result.data }];
    for (const issue of result.error.issues) {
      const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path[0]];
      const message = issue.code === "unrecognized_keys" ? "There is no such field here." : issue.message;
      for (const name of names)
        faults.push({ line, field: name === undefined ? null : String(name).slice(0, 60), message });
    }
    return [];
  });
  return { fitting, faults };
}

function fault(line: number, message: string): FileFaults {
  return new FileFaults([{ line, field: null, message }]);
}

function readJson(text: string): FileRecord[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    throw fault(lineAt(text, Number(position ?? 0)), "This is no JSON from here on.");
  }
  if (!Array.isArray(parsed)) throw fault(1, "Write a list of objects: [ {…}, {…} ].");
  const lines = linesOfItems(text);
  return parsed.map((item: unknown, index) => {
    const line = lines[index] ?? 1;
    if (typeof item !== "object" || item === null || Array.isArray(item))
      throw fault(line, "This is no object.");
    return { line, fields: item as Record<string, unknown> };
  });
}

/** The line on which each item of the outer list begins, in a text that is known to be JSON. */
function linesOfItems(text: string): number[] {
  const lines: number[] = [];
  let [depth, awaits, line] = [0, false, 1];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},\n]|[^\s"[\]{},]+/g)) {
    if (token === "\n") {
      line += 1;
      continue;
    }
    const closes = token === "]" || token === "}";
    if (depth === 1 && awaits && !closes && token !== ",") {
      lines.push(line);
      awaits = false;
    }
    if (token === "[" || token === "{") {
      depth += 1;
      if (depth === 1) awaits = true;
    } else if (closes) depth -= 1;
    else if (token === "," && depth === 1) awaits = true;
  }
  return lines;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function readCsv(text: string): FileRecord[] {
  const [header, ...rows] = cellsOf(text).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (!header) return [];
  const names = header.cells.map((name) => name.trim());
  const twice = names.find((name, index) => name === "" || names.indexOf(name) !== index);
  if (twice !== undefined)
    throw fault(header.line, "Name each column once in the first line, with commas between.");
  const faults = rows
    .filter(({ cells }) => cells.length !== names.length)
    .map(({ line, cells }) => ({
      line,
      field: null,
      message: `The first line has ${names.length} columns, this one ${cells.length}.`,
    }));
  if (faults.length > 0) throw new FileFaults(faults);
  return rows.map(({ line, cells }) => ({
    line,
    fields: Object.fromEntries(
      names.flatMap((name, index) => {
        const cell = cells[index]?.trim();
        return cell ? [[name, cell]] : [];
      }),
    ),
  }));
}

/** RFC 4180: a cell in quotes may hold commas, line ends, and quotes written twice. */
function cellsOf(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let line = 1;
  let row: { line: number; cells: string[] } = { line, cells: [] };
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found)
      throw fault(line, "A quote stands here alone. Put the cell in quotes, and write a quote in it twice.");
    const [whole, quoted, plain = "", end] = found;
    row.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if (end === ",") {
      if (cell.lastIndex === text.length) row.cells.push("");
      else continue;
    }
    rows.push(row);
    row = { line, cells: [] };
  }
  if (row.cells.length > 0) rows.push(row);
  return rows;
}
