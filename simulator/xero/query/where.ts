/**
 * The `where` of list calls: the part of Dynamic LINQ that clients use, turned into SQL (xero-platform.md 3.5, 3.7).
 * Anything else is a QueryParseException.
 */
import { badQuery } from "../errors.ts";
import type { Condition } from "../store/rows.ts";
import type { Field, Fields } from "./fields.ts";
import { bind, type Literal, readLiteral } from "./literals.ts";
import { type Token, tokenise } from "./tokens.ts";

type Operand = { field: Field; sql: string } | { literal: Literal };

const comparisons: Record<string, string> = {
  "==": "is",
  "=": "is",
  "!=": "is not",
  "<>": "is not",
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
};
const mirrored: Record<string, string> = { ">": "<", ">=": "<=", "<": ">", "<=": ">=" };

export function parseWhere(source: string, { element, known }: Fields): Condition {
  const tokens = tokenise(source);
  const values: Condition["values"] = [];
  let at = 0;

  const peek = (): Token | undefined => tokens[at];
  const isNext = (text: string) => peek()?.kind !== "string" && peek()?.text.toUpperCase() === text;
  const take = (...texts: string[]) => {
    const found = texts.some(isNext);
    if (found) at++;
    return found;
  };
  const expect = (text: string) => {
    if (!take(text)) throw badQuery(`'${text}' expected at index ${at}`);
  };

  function either(): string {
    const parts = [both()];
    while (take("OR", "||")) parts.push(both());
    return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" or ")})`;
  }

  function both(): string {
    const parts = [one()];
    while (take("AND", "&&")) parts.push(one());
    return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" and ")})`;
  }

  function one(): string {
    if (take("!", "NOT")) return `(not ${one()})`;
    if (take("(")) {
      const inner = either();
      expect(")");
      return inner;
    }
    const left = operand();
    if (typeof left === "string") return left;
    const sign = peek();
    const sql = sign?.kind === "sign" ? comparisons[sign.text] : undefined;
    if (!sql) {
      if ("field" in left && left.field.type === "flag") return `(${left.sql} is 1)`;
      throw badQuery("Expression of type 'Boolean' expected");
    }
    at++;
    const right = operand();
    if (typeof right === "string") throw badQuery("Expression of type 'Boolean' can't be compared");
    return compare(left, sql, right);
  }

  function compare(left: Operand, sql: string, right: Operand): string {
    if ("literal" in left && "literal" in right) throw badQuery("One side must be a property");
    if ("field" in left && "field" in right) return `(${left.sql} ${sql} ${right.sql})`;
    if ("literal" in left) return compare(right, mirrored[sql] ?? sql, left);
    values.push(bind(left.field, "literal" in right ? right.literal : null));
    return sql === "is" && left.field.equals ? `(${left.field.equals} ?))` : `(${left.sql} ${sql} ?)`;
  }

  function operand(): Operand | string {
    const literal = readLiteral({ peek, take, expect, next: () => tokens[at++] });
    if (literal !== undefined) return { literal };
    const path = [name()];
    let field = known[path.join(".").toLowerCase()];
    let sql = field?.sql ?? "";
    while (take(".")) {
      const word = name();
      if (field && take("(")) {
        const called = method(field, sql, word);
        if (called.done) return called.sql;
        sql = called.sql;
      } else if (field && word.toLowerCase() === "hasvalue") {
        return `(${sql} is not null)`;
      } else if (!field || word.toLowerCase() !== "value") {
        path.push(word);
        field = known[path.join(".").toLowerCase()];
        sql = field?.sql ?? "";
      }
    }
    if (!field) throw badQuery(`No property or field '${path.join(".")}' exists in type '${element}'`);
    return { field, sql };
  }

  function method(field: Field, sql: string, called: string): { sql: string; done: boolean } {
    const word = called.toLowerCase();
    if (word === "tolower" || word === "toupper" || word === "trim") {
      expect(")");
      return { sql, done: false };
    }
    const literal = readLiteral({ peek, take, expect, next: () => tokens[at++] });
    expect(")");
    if (field.type !== "text" || typeof literal !== "string") {
      throw badQuery(`No applicable method '${called}' exists in type '${element}'`);
    }
    const needle = literal.toLowerCase();
    const test = {
      contains: `instr(lower(${sql}), ?) > 0`,
      startswith: `substr(lower(${sql}), 1, ${needle.length}) = ?`,
      endswith: `substr(lower(${sql}), ${-needle.length}) = ?`,
    }[word];
    if (!test) throw badQuery(`No applicable method '${called}' exists in type 'String'`);
    values.push(needle);
    return { sql: `coalesce(${test}, 0)`, done: true };
  }

  function name(): string {
    const token = tokens[at++];
    if (token?.kind !== "name") throw badQuery(`Expression expected at index ${at - 1}`);
    return token.text;
  }

  const text = either();
  if (at < tokens.length) throw badQuery(`Syntax error at index ${at}`);
  return { text, values };
}
