import { randomBytes } from "node:crypto";
import { emit } from "../../events.ts";
import { amountDue, type Invoice } from "../../model.ts";
import { invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";

/** Stores the invoice, PAID when nothing is due any more and AUTHORISED again when something is, and tells the apps. */
export function saveInvoice(
  scope: Scope,
  invoice: Invoice,
  change: "CREATE" | "UPDATE" | "silent",
): Stored<Invoice> {
  const saved = invoices.put(scope, settle(invoice));
  if (change !== "silent")
    emit(scope, { category: "INVOICE", type: change, resource: "Invoices", id: invoice.id });
  const { id, number, status, total } = saved;
  const due = amountDue(saved);
  scope.world.journal.write("xero.invoice.saved", {
    tenantId: scope.tenantId,
    invoiceId: id,
    number,
    status,
    total,
    due,
  });
  return saved;
}

/** Only what is paid in full has a day on which it was. */
function settle(invoice: Invoice): Invoice {
  const { fullyPaidDay, ...open } = invoice;
  if (amountDue(invoice) !== 0) return open.status === "PAID" ? { ...open, status: "AUTHORISED" } : open;
  if (invoice.status !== "AUTHORISED") return invoice;
  return { ...open, status: "PAID", fullyPaidDay: fullyPaidDay ?? invoice.day };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The 40 signs at the end of an online invoice's address; from the given bytes for a seed. */
export function onlineToken(bytes: Uint8Array = randomBytes(40)): string {
  return Array.from(
    { length: 40 },
    (_, at) => letters[(bytes[at % bytes.length] ?? 0) % letters.length],
  ).join("");
}
