import { randomBytes } from "node:crypto";
import { emit } from "../../events.ts";
import { amountDue, hasMoney, type Invoice } from "../../model.ts";
import { invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { moveStock } from "../items/stock.ts";

/**
 * Stores the invoice, PAID when nothing is due any more and AUTHORISED again when something is, and tells the apps. What
 * changes no journal of one with money on it leaves its UpdatedDateUTC alone.
 */
export function saveInvoice(
  scope: Scope,
  invoice: Invoice,
  change: "CREATE" | "UPDATE" | "silent",
): Stored<Invoice> {
  const before = invoices.get(scope, invoice.id);
  const after = moveStock(scope, before, settle(invoice), invoice.type === "ACCREC" ? "sold" : "bought");
  const saved = invoices.put(scope, after, before && isUnseen(before, after) ? before.updatedAt : undefined);
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

/** What no journal holds (DOC requests-and-responses names the first two, "such as"; the rest is our reading of it (?)). */
const outsideJournals = {
  ...{ dueDay: true, sentToContact: true, expectedPaymentDay: true, plannedPaymentDay: true },
  ...{ contactId: true, number: true, reference: true, themeId: true, url: true },
} satisfies Partial<Record<keyof Invoice, true>>;

/**
 * DOC requests-and-responses, Retrieving modified resources: "Not all changes will trigger a change of the UpdatedDateUTC
 * field. These include changes to partially paid transactions which don't generate a journal such as DueDate or
 * SentToContact". An If-Modified-Since never shows them.
 */
function isUnseen(before: Invoice, after: Invoice): boolean {
  const journal = ({ lines, ...rest }: Invoice) =>
    JSON.stringify([
      Object.entries(rest)
        .filter(([name]) => !(name in outsideJournals) && name !== "updatedAt")
        .sort(([one], [other]) => one.localeCompare(other)),
      lines.map(({ description: _, ...amounts }) => amounts),
    ]);
  return hasMoney(before) && hasMoney(after) && journal(before) === journal(after);
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
