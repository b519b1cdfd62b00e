/** What is true in Xero, deleted things too, in minor units: for oracles to compare with. */
import { json } from "../core/reply.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import {
  amountCredited,
  amountDue,
  type CreditDocument,
  type Invoice,
  remainingCredit,
} from "../xero/model.ts";
import { allOrganisations } from "../xero/organisations.ts";
import {
  accounts,
  attachments,
  type Book,
  bankTransactions,
  bankTransfers,
  batchPayments,
  brandingThemes,
  contacts,
  creditBooks,
  currencies,
  historyNotes,
  invoices,
  items,
  paymentServices,
  payments,
  purchaseOrders,
  taxRates,
  trackingCategories,
} from "../xero/store/books.ts";
import { type Condition, type Scope, type Stored, selectRows } from "../xero/store/rows.ts";

export const bookRoutes: Route[] = [
  {
    method: "GET",
    pattern: "/control/xero/organisations",
    handler: (_, world) =>
      json({ organisations: allOrganisations(world).map(({ id, ...rest }) => ({ tenantId: id, ...rest })) }),
  },
  dump("invoices", invoices, truthOfInvoice, { number: "label", contactId: "party", status: "status" }),
  dump("payments", payments, same, { invoiceId: "party", reference: "reference", status: "status" }),
  dump("batch-payments", batchPayments, same, { reference: "reference", status: "status" }),
  dump("bank-transactions", bankTransactions, same, {
    ...{ reference: "reference", status: "status", type: "type" },
    ...{ bankAccountId: "label", contactId: "party" },
  }),
  dump("bank-transfers", bankTransfers, same, { reference: "reference", status: "status" }),
  dump("history", historyNotes, same, { documentId: "party" }),
  dump("contacts", contacts, same, { name: "label", status: "status" }),
  dump("accounts", accounts, same, { code: "label", status: "status" }),
  dump("branding-themes", brandingThemes, same, {}),
  dump("credit-notes", creditBooks["credit-note"], truthOfCredit, {
    ...{ number: "label", contactId: "party", reference: "reference", status: "status" },
  }),
  dump("overpayments", creditBooks.overpayment, truthOfCredit, { contactId: "party", status: "status" }),
  dump("prepayments", creditBooks.prepayment, truthOfCredit, { contactId: "party", status: "status" }),
  dump("purchase-orders", purchaseOrders, same, {
    ...{ number: "label", contactId: "party", reference: "reference", status: "status" },
  }),
  dump("attachments", attachments, same, { documentId: "party" }),
  dump("items", items, same, { code: "label" }),
  dump("tracking-categories", trackingCategories, same, { name: "label", status: "status" }),
  dump("tax-rates", taxRates, same, { taxType: "label" }),
  dump("currencies", currencies, same, { code: "label" }),
  dump("payment-services", paymentServices, same, {}),
];

/** GET /control/xero/payments?tenantId=&reference=…: filters are exact; without a tenant it is all of them. */
function dump<T>(
  name: string,
  book: Book<T>,
  show: (row: Stored<T>, world: World) => object,
  filters: Record<string, string>,
): Route {
  return {
    method: "GET",
    pattern: `/control/xero/${name}`,
    handler({ url }: Req, world: World): Res {
      const conditions = Object.entries(filters).flatMap(([filter, column]) => {
        const value = url.searchParams.get(filter);
        return value === null ? [] : [{ text: `${column} = ?`, values: [value] }];
      });
      const where: Condition | undefined = conditions.length > 0 ? joined(conditions) : undefined;
      const asked = url.searchParams.get("tenantId");
      const tenants = asked ? [asked] : allOrganisations(world).map(({ id }) => id);
      const rows = tenants.flatMap((tenantId) => {
        const scope: Scope = { world, tenantId };
        return selectRows<T>(scope, book.kind, { where }).map((row) => ({ tenantId, ...show(row, world) }));
      });
      return json({ [camel(name)]: rows });
    },
  };
}

function same<T extends object>(row: T): T {
  return row;
}

function truthOfInvoice(invoice: Stored<Invoice>, world: World) {
  return {
    ...invoice,
    amountDue: amountDue(invoice),
    amountCredited: amountCredited(invoice),
    onlineInvoiceUrl: `${world.baseUrl}/online-invoice/${invoice.onlineToken}`,
  };
}

function truthOfCredit(credit: Stored<CreditDocument>) {
  return { ...credit, remainingCredit: remainingCredit(credit) };
}

function joined(conditions: Condition[]): Condition {
  return {
    text: conditions.map(({ text }) => text).join(" and "),
    values: conditions.flatMap(({ values }) => values),
  };
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
