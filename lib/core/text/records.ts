import type { z } from "zod";
import { type FileFault, type FileRecord, fileFault } from "./file-faults.ts";
import { readCsv } from "./read-csv.ts";

const MAX_RECORDS = 50_000;

/** JSON (a list of objects) or CSV (see readCsv), told apart by the first sign. Throws FileFaults. */
export function readRecords(text: string): FileRecord[] {
  const body = text.replace(/^\uFEFF/, "");
  const records = /^\s*[[{]/.test(body)
    ? readJson(body)
    : readCsv(body).records.map(({ line, fields }) => ({ line, fields }));
  if (records.length === 0) throw fileFault(1, "There is nothing in it.");
  if (records.length > MAX_RECORDS)
    throw fileFault(
      records[MAX_RECORDS]?.line ?? 1,
      `A file holds at most ${MAX_RECORDS} records: split it.`,
    );
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

function readJson(text: string): FileRecord[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    throw fileFault(lineAt(text, Number(position ?? 0)), "This is no JSON from here on.");
  }
  if (!Array.isArray(parsed)) throw fileFault(1, "Write a list of objects: [ {…}, {…} ].");
  const lines = linesOfItems(text);
  return parsed.map((item: unknown, index) => {
    const line = lines[index] ?? 1;
    if (typeof item !== "object" || item === null || Array.isArray(item))
      throw fileFault(line, "This is no object.");
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
