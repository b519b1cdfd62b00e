/** What a bookkeeper sees in Xero of the sales invoices, each with its payments and the payer's link. */
import { type Html, html, page } from "../core/html.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { paymentsOf } from "./accounting/invoices/find.ts";
import { amountDue, type Invoice, type Payment } from "./model.ts";
import { fromUnits } from "./money.ts";
import { organisationOf } from "./organisations.ts";
import { contacts, invoices } from "./store/books.ts";
import type { Condition } from "./store/rows.ts";

const most = 200;

export const booksRoute: Route = { method: "GET", pattern: "/books/:tenantId", handler: show };

function show({ params, url }: Req, world: World): Res {
  const scope = { world, tenantId: params.tenantId ?? "" };
  const organisation = organisationOf(scope);
  if (!organisation)
    return page({ brand: "Xero", title: "Not found", status: 404, body: html`<h1>Not found</h1>` });
  const asked = url.searchParams.get("find")?.trim() ?? "";
  const found = invoices.list(scope, { where: sales(asked), order: "updated_at desc, id", limit: most });
  const parties = contacts.among(
    scope,
    found.map(({ contactId }) => contactId),
  );
  const paid = paymentsOf(
    scope,
    found.map(({ id }) => id),
  );
  const rows = found.map((invoice) =>
    row(invoice, parties.get(invoice.contactId)?.name ?? "", paid.get(invoice.id) ?? []),
  );
  return page({
    brand: "Xero",
    title: `Invoices of ${organisation.name}`,
    width: "wide",
    body: html`
      <p class="soft">${organisation.name}</p>
      <h1>Sales invoices</h1>
      <form class="row" role="search"><div><label for="find">Number, reference or contact</label>
        <input id="find" name="find" value="${asked}"></div><button>Find</button></form>
      <div class="card scroll" role="region" tabindex="0" aria-label="Sales invoices"><table>
        <thead><tr><th>Number</th><th>To</th><th>Status</th><th>Due</th><th class="num">Total</th>
        <th class="num">Amount due</th><th>Payments</th></tr></thead><tbody>${rows}</tbody></table></div>
      <p class="soft">The ${most} changed last. <a href="/settings-online-payments/${organisation.id}">Online payments</a></p>`,
  });
}

function row(invoice: Invoice, contact: string, paid: Payment[]): Html {
  const { number, status, dueDay, total, currency, onlineToken } = invoice;
  const isOnline = status === "AUTHORISED" || status === "PAID";
  return html`<tr>
    <td>${isOnline ? html`<a href="/online-invoice/${onlineToken}">${number}</a>` : number}</td>
    <td>${contact}</td><td>${status}</td><td>${dueDay}</td>
    <td class="num">${fromUnits(total, 2)} ${currency}</td><td class="num">${fromUnits(amountDue(invoice), 2)}</td>
    <td>${paid.map(({ amount, reference }) => html`<div>${fromUnits(amount, 2)} <code>${reference}</code></div>`)}</td></tr>`;
}

function sales(asked: string): Condition {
  if (asked === "") return { text: "type = 'ACCREC'", values: [] };
  const named = `select other.id from xero_rows other where other.kind = 'contact' and other.valid_to is null
    and instr(lower(other.label), lower(?)) > 0`;
  return {
    text: `type = 'ACCREC' and (instr(lower(label), lower(?)) > 0 or instr(lower(reference), lower(?)) > 0
      or party in (${named}))`,
    values: [asked, asked, asked],
  };
}
