import { dayToMs, msToDay } from "../dates.ts";
import { badQuery } from "../errors.ts";
import { toMinor } from "../money.ts";
import type { Field } from "./fields.ts";
import type { Token } from "./tokens.ts";

export type Literal = string | number | boolean | null | { guid: string } | { ms: number };

type Reader = {
  peek(): Token | undefined;
  take(...texts: string[]): boolean;
  expect(text: string): void;
  next(): Token | undefined;
};

/** A string, number, true, false, null, guid("…") or DateTime(…); undefined when something else stands there. */
export function readLiteral(reader: Reader): Literal | undefined {
  const token = reader.peek();
  if (token?.kind === "string") return reader.next()?.text;
  if (token?.kind === "number") return Number(reader.next()?.text);
  if (token?.kind === "sign" && token.text === "-") {
    reader.next();
    return -Number(reader.next()?.text);
  }
  if (token?.kind !== "name") return undefined;
  const word = token.text.toLowerCase();
  if (word === "true" || word === "false" || word === "null") {
    reader.next();
    return word === "null" ? null : word === "true";
  }
  if (word === "guid") return { guid: callWithString(reader).toLowerCase() };
  if (word === "datetime") return readDateTime(reader);
  return undefined;
}

/** Guid("x") and Guid.Parse("x"). */
function callWithString(reader: Reader): string {
  reader.next();
  if (reader.take(".")) reader.next();
  reader.expect("(");
  const value = reader.next();
  if (value?.kind !== "string") throw badQuery("A string was expected");
  reader.expect(")");
  return value.text;
}

/** DateTime(2026, 11, 21[, h, m, s]), DateTime.Parse("2026-11-21"), and the real time now. */
function readDateTime(reader: Reader): Literal {
  reader.next();
  if (reader.take(".")) {
    const word = reader.next()?.text.toLowerCase();
    if (word === "now" || word === "utcnow") return { ms: Date.now() };
    if (word === "today") return { ms: Math.floor(Date.now() / 86_400_000) * 86_400_000 };
    reader.expect("(");
    return closeWith(reader, parseSince(reader.next()?.text ?? "") ?? Number.NaN);
  }
  reader.expect("(");
  const parts: number[] = [];
  do parts.push(Number(reader.next()?.text));
  while (reader.take(","));
  const [year = Number.NaN, month = Number.NaN, ...rest] = parts;
  const ms = parts.length < 3 ? Number.NaN : Date.UTC(year, month - 1, ...rest);
  return closeWith(reader, ms);
}

function closeWith(reader: Reader, ms: number): Literal {
  reader.expect(")");
  if (Number.isNaN(ms)) throw badQuery("DateTime could not be read");
  return { ms };
}

/** The literal as it is kept in that field's column. */
export function bind(field: Field, literal: Literal): string | number | null {
  if (literal === null) return null;
  const wrong = () => badQuery("Operator incompatible with operand types");
  switch (field.type) {
    case "money":
      if (typeof literal !== "number") throw wrong();
      return toMinor(literal);
    case "number":
      if (typeof literal !== "number") throw wrong();
      return literal;
    case "flag":
      if (typeof literal !== "boolean") throw wrong();
      return literal ? 1 : 0;
    case "day":
      if (typeof literal !== "object" || !("ms" in literal)) throw wrong();
      return msToDay(literal.ms);
    case "instant":
      if (typeof literal !== "object" || !("ms" in literal)) throw wrong();
      return literal.ms;
    case "guid":
      if (typeof literal === "string") return literal.toLowerCase();
      if (typeof literal !== "object" || !("guid" in literal)) throw wrong();
      return literal.guid;
    case "text":
      if (typeof literal !== "string") throw wrong();
      return literal;
  }
}

/** If-Modified-Since: an ISO instant (UTC when it says nothing) or an HTTP date. */
export function parseSince(header: string): number | undefined {
  const iso = /^\d{4}-\d{2}-\d{2}/.test(header);
  const zoned = /(Z|[+-]\d{2}:?\d{2}|GMT)$/i.test(header);
  const ms =
    iso && header.length === 10 ? dayToMs(header) : Date.parse(iso && !zoned ? `${header}Z` : header);
  return Number.isNaN(ms) ? undefined : ms;
}
