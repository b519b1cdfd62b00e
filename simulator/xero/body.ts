/** Request bodies: property names in any letter case, values checked where they are read. */
import { badPostData } from "./errors.ts";
import { toUnits } from "./money.ts";
import type { Wire } from "./wire.ts";

/** An object whose keys are all lower case. */
export type Folded = { readonly [key: string]: unknown };

export function readBody(raw: Buffer): Folded {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw.toString("utf8"));
  } catch {
    throw badPostData("The request body could not be read as JSON");
  }
  const folded = fold(parsed);
  if (Array.isArray(folded)) return { "": folded };
  if (!isFolded(folded)) throw badPostData("The request body must be an object");
  return folded;
}

/**
 * The list under its name, or a bare object or array standing for it (the SDK's createPayment sends one). What is
 * wrapped under another name is nothing (xero-documents 16, no. 25).
 */
export function elements(body: Folded, name: string): Folded[] {
  const wrapped = body[name.toLowerCase()] ?? body[""];
  if (Array.isArray(wrapped)) return wrapped.filter(isFolded);
  if (isFolded(wrapped)) return [wrapped];
  return Object.keys(body).length > 0 && !isWrapper(body, name) ? [body] : [];
}

/** The parts that an update may consist of alone. */
const parts = new Set([
  ...["lineitems", "contact", "addresses", "phones", "contactpersons", "contactgroups"],
  ...["paymentterms", "batchpayments", "brandingtheme", "bankaccount"],
  ...["salestrackingcategories", "purchasestrackingcategories"],
  ...["salesdetails", "purchasedetails", "taxcomponents", "options"],
]);

/** One property that holds more, and is no part of this family: "Contact" is one of an order, not of Contacts. */
function isWrapper(body: Folded, family: string): boolean {
  const [[name, value] = ["", undefined], ...others] = Object.entries(body);
  const isPart = parts.has(name) && !family.toLowerCase().startsWith(name);
  return others.length === 0 && typeof value === "object" && value !== null && !isPart;
}

export function text(object: Folded | undefined, name: string): string | undefined {
  const value = object?.[name.toLowerCase()];
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

/** Whole 10^-places units; undefined when absent, NaN when it is no number. */
export function units(object: Folded | undefined, name: string, places: number): number | undefined {
  const value = object?.[name.toLowerCase()];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" && typeof value !== "string") return Number.NaN;
  const read = toUnits(value, places);
  if (Number.isNaN(read))
    throw badPostData(`Error converting value "${value}" to type 'System.Decimal'. Path '${name}'`);
  return read;
}

export function flag(object: Folded | undefined, name: string): boolean | undefined {
  const value = object?.[name.toLowerCase()];
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? value.toLowerCase() === "true" : undefined;
}

export function child(object: Folded | undefined, name: string): Folded | undefined {
  const value = object?.[name.toLowerCase()];
  return isFolded(value) ? value : undefined;
}

export function children(object: Folded | undefined, name: string): Folded[] | undefined {
  const value = object?.[name.toLowerCase()];
  return Array.isArray(value) ? value.filter(isFolded) : undefined;
}

/** One word of an enumeration; a word that is none of them fails the whole call. */
export function word<T extends string>(object: Folded, name: string, words: readonly T[]): T | undefined {
  const value = text(object, name);
  if (value === undefined || value === "") return undefined;
  const found = words.find((known) => known.toLowerCase() === value.toLowerCase());
  if (!found) throw badPostData(`Error converting value "${value}" to type '${name}'. Path '${name}'`);
  return found;
}

function isFolded(value: unknown): value is Folded {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fold);
  if (typeof value !== "object" || value === null) return value;
  const folded = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toLowerCase(), fold(inner)]),
  );
  originals.set(folded, value);
  return folded;
}

const originals = new WeakMap<object, object>();

/** What was sent, in PascalCase: a rejected element is echoed with the state it asked for (xero-platform.md 3.2). */
export function echo(folded: Folded): Wire {
  return pascal(originals.get(folded) ?? {}) as Wire;
}

function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), pascal(inner)]),
  );
}
