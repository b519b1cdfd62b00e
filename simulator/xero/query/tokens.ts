import { badQuery } from "../errors.ts";

export type Token = { kind: "name" | "number" | "string" | "sign"; text: string };

/** A quote in a text is doubled; a backslash escapes nothing (xero-documents 1; XeroAPI/Xero-Java 347). */
const pattern =
  /\s*(?:(?<name>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?)[mMdDfF]?|"(?<string>(?:[^"]|"")*)"|(?<sign>==|!=|<>|>=|<=|&&|\|\||[=<>!().,-]))/y;

/** Splits a `where` into words, numbers, strings and signs. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex;
    if (source.slice(start).trim() === "") break;
    const groups = pattern.exec(source)?.groups;
    if (!groups) throw badQuery(`Syntax error at index ${start}`);
    for (const kind of ["name", "number", "string", "sign"] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text: kind === "string" ? unquote(text) : text });
    }
  }
  return tokens;
}

const unquote = (text: string) => text.replaceAll('""', '"');
