/** The sales invoices as Xero lists them: from here a person watches one turn PAID. */
import { type Html, html } from "../../core/html.ts";
import { paymentsOf } from "../accounting/invoices/find.ts";
import { amountCredited, amountDue, type Invoice } from "../model.ts";
import { contacts, invoices } from "../store/books.ts";
import type { Condition } from "../store/rows.ts";
import { booksPage, day, money, statusOf } from "./parts.ts";

const most = 200;

export const invoiceListRoute = booksPage("", ({ scope, organisation, req }) => {
  const asked = req.url.searchParams.get("find")?.trim() ?? "";
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
    row(organisation.id, invoice, {
      contact: parties.get(invoice.contactId)?.name ?? "",
      references: (paid.get(invoice.id) ?? []).map(({ reference }) => reference),
    }),
  );
  const heads = [...["Number", "To", "Date", "Due"], ...["Total", "Paid", "Amount due"], "Status"];
  return {
    title: "Sales invoices",
    body: html`<h1>Sales invoices</h1>
      <form class="row" role="search"><div><label for="find">Number, reference or contact</label>
        <input id="find" name="find" value="${asked}"></div><button>Find</button></form>
      <div class="card"><table class="listed"><thead><tr>${heads.map(
        (head) => html`<th class="${/^(Total|Paid|Amount)/.test(head) ? "num" : ""}">${head}</th>`,
      )}</tr></thead>
      <tbody>${rows.length > 0 ? rows : html`<tr><td colspan="8" class="soft">None is like that.</td></tr>`}</tbody></table></div>
      <p class="soft">The ${most} changed last.</p>`,
  };
});

function row(
  tenantId: string,
  invoice: Invoice,
  { contact, references }: { contact: string; references: string[] },
): Html {
  const { id, number, status, day: on, dueDay, total, currency, amountPaid } = invoice;
  const paid = amountPaid + amountCredited(invoice);
  return html`<tr>
    <td class="clip" data-head="Number"><a href="/books/${tenantId}/invoices/${id}" title="${number}">${number || "No number"}</a></td>
    <td class="clip" data-head="To" title="${contact}">${contact}</td>
    <td data-head="Date">${day(on)}</td><td data-head="Due">${day(dueDay)}</td>
    <td class="num" data-head="Total">${money(total)} ${currency}</td><td class="num" data-head="Paid">${money(paid)}${references.map((one) => html`<div class="soft clip">${one}</div>`)}</td>
    <td class="num" data-head="Amount due">${money(amountDue(invoice))}</td>
    <td data-head="Status">${statusOf(status)}</td></tr>`;
}

/** Also by the reference of a payment on it. */
function sales(asked: string): Condition {
  if (asked === "") return { text: "type = 'ACCREC'", values: [] };
  const named = `select other.id from xero_rows other where other.kind = 'contact' and other.valid_to is null
    and instr(lower(other.label), lower(?)) > 0`;
  const paid = `select other.party from xero_rows other where other.kind = 'payment' and other.valid_to is null
    and other.tenant_id = xero_rows.tenant_id and instr(lower(other.reference), lower(?)) > 0`;
  return {
    text: `type = 'ACCREC' and (instr(lower(label), lower(?)) > 0 or instr(lower(reference), lower(?)) > 0
      or party in (${named}) or id in (${paid}))`,
    values: [asked, asked, asked, asked],
  };
}
