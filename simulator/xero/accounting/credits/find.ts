import { type CreditDocument, isDead } from "../../model.ts";
import { creditBooks } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";

/** By its number: the living one first, then one that was voided or deleted. */
export function findCreditNote(scope: Scope, number: string): Stored<CreditDocument> | undefined {
  const named = number ? creditBooks["credit-note"].named(scope, number) : [];
  return named.find((note) => !isDead(note)) ?? named[0];
}
