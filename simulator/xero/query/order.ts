import { badQuery } from "../errors.ts";
import type { Fields } from "./fields.ts";

/** `order=Date DESC, InvoiceNumber`: always ends with the id, so that pages don't overlap. */
export function parseOrder(source: string, { element, known }: Fields): string {
  const parts = source.split(",").map((part) => {
    const [name = "", direction = "ASC", ...rest] = part.trim().split(/\s+/);
    const field = known[name.toLowerCase()];
    if (!field) throw badQuery(`No property or field '${name}' exists in type '${element}'`);
    if (rest.length > 0 || !/^(asc|desc)(ending)?$/i.test(direction)) throw badQuery("Syntax error in order");
    return `${field.sql} ${/^desc/i.test(direction) ? "desc" : "asc"}`;
  });
  return [...parts, "id"].join(", ");
}
