/** What may happen to a credit note, and Xero's words when it may not: those of invoices (xero-platform.md 3.12). */
import { type CreditDocument, type InvoiceStatus, isDead, isUsed } from "../../model.ts";
import type { Scope } from "../../store/rows.ts";
import { findCreditNote } from "./find.ts";

const wrongStatus = "Credit note not of valid status for modification";

/** Null when the change of status is allowed. Also asked by the control API. */
export function refuseCreditStatus(credit: CreditDocument, to: InvoiceStatus): string | null {
  const { status } = credit;
  if (isDead(credit)) return wrongStatus;
  if (to === "VOIDED" && isUsed(credit)) {
    return "The status VOIDED cannot be applied to the credit note because it has payments or allocations.";
  }
  if (to === status) return null;
  if (status === "AUTHORISED") return to === "VOIDED" ? null : wrongStatus;
  if (status === "PAID") return to === "AUTHORISED" ? null : wrongStatus;
  return to === "VOIDED" || to === "PAID" ? wrongStatus : null;
}

/** What may still change once money of it has gone somewhere. */
const always = new Set(["type", "creditnoteid", "creditnotenumber", "status", "reference", "senttocontact"]);

/** Null when this part of the credit note may be edited. */
export function refuseCreditEdit(credit: CreditDocument, properties: string[]): string | null {
  return isUsed(credit) && properties.some((name) => !always.has(name))
    ? "This document cannot be edited as it has a payment or credit note allocated to it."
    : null;
}

/** Numbers of living sales credit notes are unique. */
export function faultsOfNumber(scope: Scope, credit: CreditDocument): string[] {
  const { id, number, type } = credit;
  if (number.length > 255) return ["Credit Note Number must not be more than 255 characters"];
  if (type !== "ACCRECCREDIT" || isDead(credit)) return [];
  const other = findCreditNote(scope, number);
  const isTaken = other && other.id !== id && other.type === type && !isDead(other);
  return isTaken ? ["Credit Note # must be unique."] : [];
}
