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

/** "line 3, consumerKey: Paste the consumer key." */
export function faultInWords({ line, field, message }: FileFault): string {
  return `line ${line}${field ? `, ${field}` : ""}: ${message}`;
}

/** One thing that is wrong with a file, or with a line of it. */
export function fileFault(line: number, message: string): FileFaults {
  return new FileFaults([{ line, field: null, message }]);
}
