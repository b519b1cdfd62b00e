import type { Worded } from "#lib/core/failures/reason.ts";
import { isCode } from "#lib/core/money/currencies.ts";
import { fromDecimal } from "#lib/core/money/money.ts";

/** Xero's "no id", in the echo of what it refused. */
export const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Xero sent something that we can't read; the row's id is in the message, its contents are not. */
export class Unreadable extends Error implements Worded {
  override readonly name = "Unreadable";
  get inWords(): string {
    return `The answer can't be read: ${this.message}.`;
  }
}

export function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value !== NO_ID;
}

export function need(value: string | null | undefined, what: string): string {
  if (!isId(value)) throw new Unreadable(`Xero left out ${what}`);
  return value;
}

/** The SDK's enums are strings on the wire; "" is Xero's other way to say nothing. */
export function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function currencyOf(value: unknown, id: string): string {
  const code = need(text(value), `the currency of ${id}`);
  if (!isCode(code)) throw new Unreadable(`Xero sent the currency ${code.slice(0, 10)} for ${id}`);
  return code;
}

export function amount(value: number | undefined, currency: string, id: string): bigint {
  if (typeof value !== "number") throw new Unreadable(`Xero left out an amount of ${id}`);
  return fromDecimal(value, currency);
}

/** The SDK hands out a Date at midnight UTC where its types say string. */
export function day(value: unknown): string | null {
  const at = value instanceof Date ? value : typeof value === "string" ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 10) : null;
}

export function instant(value: unknown, id: string): Date {
  const at = value instanceof Date ? value : new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new Unreadable(`Xero left out when ${id} changed`);
  return at;
}
