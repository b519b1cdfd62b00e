import { type Call, param } from "../../call.ts";
import { type Invoice, isDead, type Payment } from "../../model.ts";
import { contacts, invoices, payments } from "../../store/books.ts";
import { oneOf, type Scope, type Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { withAttachments } from "../attachments/find.ts";
import { contactStub, contactToWire, rolesOf } from "../contacts/wire.ts";
import { showLines } from "./lines-wire.ts";
import { invoiceToWire } from "./wire.ts";

/**
 * By id, or by number: the living sales invoice first, then a voided or deleted one that had the number before, then a
 * bill (bills may share numbers, with each other and with sales).
 */
export function findInvoice(scope: Scope, idOrNumber: string): Stored<Invoice> | undefined {
  const byId = invoices.get(scope, idOrNumber);
  if (byId) return byId;
  const named = invoices.named(scope, idOrNumber);
  const sales = named.filter(({ type }) => type === "ACCREC");
  return sales.find((invoice) => !isDead(invoice)) ?? sales[0] ?? named[0];
}

/** The sales invoice that has this number now. */
export function livingSale(scope: Scope, number: string): Stored<Invoice> | undefined {
  return invoices.named(scope, number).find((invoice) => invoice.type === "ACCREC" && !isDead(invoice));
}

export const unitDecimals = (call: Call): 2 | 4 => (param(call, "unitdp") === "4" ? 4 : 2);

/** Payments that count, by the invoice or credit that they settle. */
export function paymentsOf(scope: Scope, documentIds: string[]): Map<string, Stored<Payment>[]> {
  const found = payments.list(scope, {
    where: oneOf("status = 'AUTHORISED' and party", documentIds),
    order: "day, seq",
  });
  return Map.groupBy(found, ({ invoiceId }) => invoiceId);
}

/** One invoice with all there is to say of it. */
export function wholeInvoice(
  call: Call,
  invoice: Stored<Invoice>,
  as: "single" | "written" = "single",
): Wire {
  const contact = contacts.get(call, invoice.contactId);
  return invoiceToWire(invoice, {
    contact: contact ? contactToWire(contact, rolesOf(call, [contact.id])(contact.id)) : {},
    payments: paymentsOf(call, [invoice.id]).get(invoice.id) ?? [],
    lines: "shown",
    unitDecimals: unitDecimals(call),
    showLines: showLines(call),
    hasAttachments: withAttachments(call, [invoice.id]).has(invoice.id),
    as,
  });
}

/** Many invoices, each with a stub of its contact. */
export function listedInvoices(
  call: Call,
  rows: Stored<Invoice>[],
  lines: "shown" | "empty" | "left-out",
): Wire[] {
  const parties = contacts.among(
    call,
    rows.map(({ contactId }) => contactId),
  );
  const paid =
    lines === "left-out"
      ? undefined
      : paymentsOf(
          call,
          rows.map(({ id }) => id),
        );
  const show = showLines(call);
  const attached =
    lines === "left-out"
      ? undefined
      : withAttachments(
          call,
          rows.map(({ id }) => id),
        );
  return rows.map((invoice) => {
    const contact = parties.get(invoice.contactId);
    return invoiceToWire(invoice, {
      contact: contact ? contactStub(contact) : {},
      payments: paid?.get(invoice.id) ?? [],
      lines,
      unitDecimals: unitDecimals(call),
      showLines: show,
      hasAttachments: attached?.has(invoice.id) ?? false,
    });
  });
}
