/** Which document a payment in a request names. */
import { child, type Folded, text } from "../../body.ts";
import type { CreditKind, Settled } from "../../model.ts";
import { creditBooks, invoices } from "../../store/books.ts";
import type { Scope } from "../../store/rows.ts";
import { findCreditNote } from "../credits/find.ts";
import { creditNames } from "../credits/names.ts";
import { findInvoice } from "../invoices/find.ts";

const kinds: CreditKind[] = ["credit-note", "overpayment", "prepayment"];

/** An invoice or credit note by id or number, an overpayment or prepayment by id. */
export function targetOf(scope: Scope, body: Folded): Settled | undefined {
  const kind = kinds.find((one) => child(body, creditNames[one].one));
  if (kind) return creditIn(scope, kind, child(body, creditNames[kind].one));
  const number = text(body, "CreditNoteNumber");
  if (number) return asCredit("credit-note", findCreditNote(scope, number));
  const document = invoiceIn(scope, body);
  return document && { of: "invoice", document };
}

function creditIn(scope: Scope, kind: CreditKind, body: Folded | undefined): Settled | undefined {
  const id = text(body, `${creditNames[kind].one}ID`);
  if (id) return asCredit(kind, creditBooks[kind].get(scope, id));
  const number = kind === "credit-note" ? text(body, "CreditNoteNumber") : undefined;
  return number ? asCredit(kind, findCreditNote(scope, number)) : undefined;
}

function asCredit(of: CreditKind, document: ReturnType<typeof findCreditNote>): Settled | undefined {
  return document && { of, document };
}

function invoiceIn(scope: Scope, body: Folded) {
  const nested = child(body, "Invoice");
  const id = text(nested, "InvoiceID");
  if (id) return invoices.get(scope, id);
  const number = text(nested, "InvoiceNumber") ?? text(body, "InvoiceNumber");
  return number ? findInvoice(scope, number) : undefined;
}
