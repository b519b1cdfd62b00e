/** Two contacts become one: the first is archived and points at the second, which has all documents from then on. */
import { saveContact } from "./accounting/contacts/write.ts";
import type { Contact } from "./model.ts";
import { bankTransactions, creditBooks, invoices, purchaseOrders } from "./store/books.ts";
import type { Scope, Stored } from "./store/rows.ts";

/** The documents move without a new UpdatedDateUTC and without an event of their own: see README, "Open choices". */
export function mergeContacts(
  scope: Scope,
  source: Stored<Contact>,
  target: Stored<Contact>,
): Stored<Contact> {
  const theirs = { where: { text: "party = ?", values: [source.id] } };
  const contactId = target.id;
  for (const invoice of invoices.list(scope, theirs)) {
    invoices.put(scope, { ...invoice, contactId }, invoice.updatedAt);
  }
  for (const book of Object.values(creditBooks)) {
    for (const credit of book.list(scope, theirs))
      book.put(scope, { ...credit, contactId }, credit.updatedAt);
  }
  for (const transaction of bankTransactions.list(scope, theirs)) {
    bankTransactions.put(scope, { ...transaction, contactId }, transaction.updatedAt);
  }
  for (const order of purchaseOrders.list(scope, theirs)) {
    purchaseOrders.put(scope, { ...order, contactId }, order.updatedAt);
  }
  scope.world.journal.write("xero.contacts.merged", {
    tenantId: scope.tenantId,
    from: source.id,
    into: target.id,
  });
  saveContact(scope, target, "UPDATE");
  return saveContact(scope, { ...source, status: "ARCHIVED", mergedTo: target.id }, "UPDATE");
}
