/** One sales invoice with what a person does to it in Xero's own screens. */
import { type Html, html } from "../../core/html.ts";
import { paymentsOf } from "../accounting/invoices/find.ts";
import {
  type Account,
  amountCredited,
  amountDue,
  hasMoney,
  type Invoice,
  isDead,
  type Payment,
} from "../model.ts";
import { accounts, contacts, invoices } from "../store/books.ts";
import { type Books, booksPage, choice, day, field, leverForm, money, statusOf } from "./parts.ts";

export const invoicePageRoute = booksPage("/invoices/:id", (books) => {
  const invoice = invoices.get(books.scope, books.req.params.id ?? "");
  if (!invoice) return { title: "Not found", status: 404, body: html`<h1>Not found</h1>` };
  const paid = paymentsOf(books.scope, [invoice.id]).get(invoice.id) ?? [];
  const contact = contacts.get(books.scope, invoice.contactId);
  const chart = accounts.list(books.scope, {
    where: { text: "status = 'ACTIVE'", values: [] },
    order: "label, id",
  });
  return {
    title: `Invoice ${invoice.number}`,
    body: html`<h1 class="wrap">Invoice ${invoice.number}</h1>
      <section class="card"><dl>
        <dt>Status</dt><dd>${statusOf(invoice.status)}</dd><dt>To</dt><dd>${contact?.name}</dd>
        <dt>Date</dt><dd>${day(invoice.day)}</dd><dt>Due</dt><dd>${day(invoice.dueDay)}</dd>
        <dt>Reference</dt><dd>${invoice.reference || "None"}</dd>
        <dt>Total</dt><dd>${money(invoice.total)} ${invoice.currency}</dd>
        <dt>Paid and credited</dt><dd>${money(invoice.amountPaid + amountCredited(invoice))}</dd>
        <dt>Amount due</dt><dd><strong>${money(amountDue(invoice))}</strong></dd></dl>
        <p><a href="/online-invoice/${invoice.onlineToken}">Online invoice</a></p></section>
      ${lines(books, invoice)}${payments(books, paid)}${isDead(invoice) ? "" : edits(books, invoice, chart)}`,
  };
});

function lines({ scope }: Books, { lines, currency }: Invoice): Html {
  return html`<section class="card"><h2>Lines</h2><table class="listed"><thead><tr><th>Description</th><th>Account</th>
    <th class="num">Amount ${currency}</th></tr></thead><tbody>${lines.map(
      ({
        description,
        accountId,
        lineAmount,
        isText,
      }) => html`<tr><td data-head="Description">${description}</td>
      <td data-head="Account">${accounts.get(scope, accountId ?? "")?.code}</td><td class="num" data-head="Amount">${isText ? "" : money(lineAmount)}</td></tr>`,
    )}</tbody></table></section>`;
}

function payments(books: Books, paid: Payment[]): Html {
  const rows = paid.map(
    ({ id, day: on, amount, reference, batchId }) => html`<tr><td data-head="Date">${day(on)}</td>
      <td class="num" data-head="Amount">${money(amount)}</td><td data-head="Reference"><code>${reference}</code></td>
      <td data-head="Change">${leverForm(books, {
        ...{ lever: "remove-payment", label: batchId ? "Remove its batch" : "Remove", isQuiet: true },
        hidden: batchId ? { batchPaymentId: batchId } : { paymentId: id },
      })}</td></tr>`,
  );
  return html`<section class="card"><h2>Payments</h2>${
    rows.length === 0
      ? html`<p class="soft">None.</p>`
      : html`<table class="listed"><thead><tr><th>Date</th><th class="num">Amount</th><th>Reference</th><th>Change</th></tr></thead><tbody>${rows}</tbody></table>`
  }</section>`;
}

function edits(books: Books, invoice: Invoice, chart: Account[]): Html {
  const { id, number, reference, dueDay, status } = invoice;
  const hidden = { invoice: id };
  const people = contacts.list(books.scope, {
    where: { text: "status = 'ACTIVE'", values: [] },
    order: "label, id",
    limit: 500,
  });
  const parties = people.map((one) => ({ value: one.id, label: one.name }));
  const takesMoney = chart.filter(({ type, enablePayments }) => type === "BANK" || enablePayments);
  const codes = chart.filter(({ type, systemAccount }) => type !== "BANK" && !systemAccount);
  const due = amountDue(invoice);
  return html`<section class="card"><h2>Edit</h2>
    <p class="soft">A part-paid invoice's amounts can't change; everything below can.</p>
    ${leverForm(books, {
      ...{ lever: "invoice", label: "Save", hidden },
      fields: [
        field("Number", "number", { value: number }),
        field("Reference", "reference", { value: reference }),
        field("Due date", "dueDate", { value: dueDay ?? "", type: "date" }),
        choice("Contact", "contact", parties, invoice.contactId),
      ],
    })}
    <h2>Edit lines</h2>${leverForm(books, {
      ...{ lever: "invoice", label: "Save lines", hidden },
      fields: [
        choice("Line", "line", [{ value: "", label: "Each" }, ...lineChoices(invoice)]),
        field("Description", "description"),
        choice("Account", "account", [{ value: "", label: "As it is" }, ...codes.map(accountChoice)]),
      ],
    })}
    ${
      due > 0 && status === "AUTHORISED"
        ? html`<h2>Receive a payment</h2>${leverForm(books, {
            ...{ lever: "pay", label: "Add payment", hidden },
            fields: [
              field("Amount paid", "amount", { value: money(due), required: true }),
              choice("Paid to", "account", takesMoney.map(accountChoice)),
              field("Reference", "reference"),
            ],
          })}`
        : ""
    }
    ${
      status === "AUTHORISED" && !hasMoney(invoice)
        ? html`<h2>Void</h2>${leverForm(books, {
            ...{ lever: "invoice", label: "Void this invoice", isQuiet: true },
            hidden: { ...hidden, status: "VOIDED" },
          })}`
        : ""
    }</section>`;
}

const accountChoice = ({ id, code, name }: Account) => ({
  value: id,
  label: code ? `${code} ${name}` : name,
});

const lineChoices = ({ lines }: Invoice) =>
  lines.map(({ id, description = "" }, at) => ({
    value: id,
    label: `${at + 1}. ${description.slice(0, 60)}`,
  }));
