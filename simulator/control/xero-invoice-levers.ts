/** What a person does to an invoice in Xero's own screens. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { findInvoice } from "../xero/accounting/invoices/find.ts";
import { totals } from "../xero/accounting/invoices/lines.ts";
import { refuseEdit } from "../xero/accounting/invoices/rules.ts";
import { saveInvoice } from "../xero/accounting/invoices/save.ts";
import { amountDue, hasMoney, type Invoice, type Line } from "../xero/model.ts";
import { requireOrganisation } from "../xero/organisations.ts";
import { dayRate } from "../xero/rates.ts";
import { contacts } from "../xero/store/books.ts";
import type { Scope } from "../xero/store/rows.ts";
import { NotAllowed, yes } from "./input.ts";
import { accountNamed, found, lever, money } from "./lever.ts";

const shape = z.object({
  tenantId: z.string(),
  /** Its id or number. */
  invoice: z.string(),
  status: z.enum(["DRAFT", "SUBMITTED", "AUTHORISED", "VOIDED", "DELETED"]).optional(),
  total: money.optional(),
  /** Instead of a total: one line for each amount. */
  lines: z.array(money).min(1).optional(),
  date: z.iso.date().optional(),
  dueDate: z.iso.date().optional(),
  number: z.string().max(255).optional(),
  reference: z.string().max(255).optional(),
  currency: z.string().length(3).optional(),
  /** The contact's id or name. */
  contact: z.string().optional(),
  sentToContact: yes.optional(),
  /** Of the line with this id, or of each. */
  line: z.string().optional(),
  description: z.string().min(1).max(4000).optional(),
  /** An account's id or code: the line's from now on. */
  account: z.string().optional(),
});
type Change = z.infer<typeof shape>;

export const invoiceLeverRoutes: Route[] = [
  lever("invoice", shape, (scope, change) => {
    const before = found(findInvoice(scope, change.invoice), "invoice");
    if (change.status === "VOIDED" && hasMoney(before))
      throw new NotAllowed("It has payments or credits: remove them first");
    const after = withTotal(edited(scope, before, change), change);
    if (amountDue(after) < 0) throw new NotAllowed("More than that is paid");
    return saveInvoice(scope, after, "UPDATE");
  }),
];

/** As Xero's form for an invoice lets a person change it, also with money on it. */
function edited(scope: Scope, before: Invoice, change: Change): Invoice {
  const { status, date, dueDate, number, reference, currency, contact, sentToContact } = change;
  const contactId = contact === undefined ? before.contactId : contactNamed(scope, contact);
  const lines = before.lines.map((line) => editedLine(scope, line, change));
  const after = {
    ...before,
    ...{ contactId, lines, number: number ?? before.number, reference: reference ?? before.reference },
    sentToContact: sentToContact ?? before.sentToContact,
    ...(date && { day: date }),
    ...(dueDate && { dueDay: dueDate }),
  };
  const refused = refuseEdit(before, after);
  if (refused) throw new NotAllowed(refused);
  const { baseCurrency } = requireOrganisation(scope);
  const rate = currency && currency !== before.currency ? dayRate(scope, currency, baseCurrency) : undefined;
  return {
    ...after,
    status: status ?? before.status,
    currency: currency ?? before.currency,
    rate: rate ?? before.rate,
  };
}

function editedLine(scope: Scope, line: Line, { line: id, description, account: named }: Change): Line {
  if (id !== undefined && id !== line.id) return line;
  if (named === undefined) return { ...line, ...(description && { description }) };
  const { id: accountId } = accountNamed(scope, named);
  return { ...line, accountId, ...(description && { description }) };
}

function contactNamed(scope: Scope, idOrName: string): string {
  const contact = found(contacts.get(scope, idOrName) ?? contacts.named(scope, idOrName)[0], "contact");
  if (contact.status !== "ACTIVE") throw new NotAllowed("That contact is archived");
  return contact.id;
}

/** One line without tax that comes to the total, or one for each amount. */
function withTotal(invoice: Invoice, { total, lines: amounts }: Change): Invoice {
  const [line] = invoice.lines;
  const asked = amounts ?? (total === undefined ? [] : [total]);
  if (asked.length === 0 || !line) return invoice;
  const lines = asked.map((amount, at) => ({
    ...line,
    id: at === 0 ? line.id : crypto.randomUUID(),
    ...{ quantity: 10_000, unitAmount: amount * 100, lineAmount: amount, taxAmount: 0, taxType: "NONE" },
  }));
  return { ...invoice, lines, lineAmountType: "NoTax", ...totals(lines, "NoTax") };
}
