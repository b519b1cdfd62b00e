import { DrizzleQueryError } from "drizzle-orm";
import { ZodError } from "zod";
import { AppError } from "../errors.ts";

const LONGEST = 500;

/** An error that says in plain words what went wrong, for a person who can't read a log. */
export type Worded = { inWords: string };

/**
 * Why something failed, as a person may read it: what the error itself says in words, else what kind of error it is. Never
 * the text of an error that we don't know, which may hold a key or a name.
 */
export function reasonOf(error: unknown): string {
  return wordsOf(error).slice(0, LONGEST);
}

/** True when the database failed, and not what was worked on: a later try may well succeed. */
export function isDatabaseFailure(error: unknown): boolean {
  const code = databaseCode(error);
  // Class 22 and 23 of PostgreSQL's codes: the values are wrong, or a constraint says no.
  return code !== undefined && !/^2[23]/.test(code);
}

function wordsOf(error: unknown): string {
  if (isWorded(error)) return error.inWords;
  if (error instanceof AppError) return error.message;
  if (error instanceof RangeError) return `The desk can't work it out: ${error.message}`;
  if (error instanceof ZodError) {
    const fields = [...new Set(error.issues.map(({ path }) => path.join(".")))].filter(Boolean);
    return `What is kept of it can't be read${fields.length > 0 ? ` (${fields.join(", ")})` : ""}.`;
  }
  const code = databaseCode(error);
  if (code !== undefined) return `The database did not do it (${code || "no answer"}).`;
  const name = error instanceof Error ? error.name : typeof error;
  return `An error inside the desk (${name}). Its log says more; tell whoever runs the desk.`;
}

function isWorded(error: unknown): error is Worded {
  return (
    typeof error === "object" && error !== null && "inWords" in error && typeof error.inWords === "string"
  );
}

/** PostgreSQL's code; "" when the database gave none; undefined when it was not the database. */
function databaseCode(error: unknown): string | undefined {
  let isQuery = false;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    isQuery ||= at instanceof DrizzleQueryError;
    if ("code" in at && typeof at.code === "string" && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  }
  return isQuery ? "" : undefined;
}
