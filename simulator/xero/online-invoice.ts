/** What in.xero.com shows a payer: the invoice as it is now, and a Pay now link (xero-platform.md 5). */
import { type Html, html, page } from "../core/html.ts";
import { getSetting } from "../core/settings.ts";
import { statement } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { servicesOf } from "./accounting/payment-services.ts";
import { longDay } from "./dates.ts";
import { amountCredited, amountDue, type Invoice, type Line, type Organisation } from "./model.ts";
import { fromUnits } from "./money.ts";
import { organisationOf } from "./organisations.ts";
import { type LinkMode, renderPaymentUrl } from "./payment-url.ts";
import { contacts, invoices } from "./store/books.ts";
import type { Scope } from "./store/rows.ts";

export const linkModeSetting = "xero.linkMode";
export const getLinkMode = (world: World): LinkMode =>
  getSetting<LinkMode>(world, linkModeSetting, "encoded");

export const onlineInvoiceRoute: Route = { method: "GET", pattern: "/online-invoice/:token", handler: show };

function show(req: Req, world: World): Res {
  const found = findByToken(world, req.params.token ?? "");
  const scope: Scope | undefined = found && {
    world,
    tenantId: found.tenantId,
    ...(req.asOf !== undefined && { asOf: req.asOf }),
  };
  const invoice = found && scope && invoices.get(scope, found.id);
  const organisation = scope && organisationOf({ world, tenantId: scope.tenantId });
  const isShown = invoice && /^(SUBMITTED|AUTHORISED|PAID|VOIDED)$/.test(invoice.status);
  if (!scope || !isShown || !organisation || organisation.state === "gone") return missing();
  const contact = contacts.get(scope, invoice.contactId);
  return page({
    brand: "Online invoice",
    title: `Invoice ${invoice.number} from ${organisation.name}`,
    body: html`
      <p class="soft">${organisation.name}</p>
      <h1 class="wrap">Invoice ${invoice.number}</h1>
      <section class="card" aria-label="Amount due">
        <div class="spread">
          <div><div class="soft">Amount due</div>
          <div class="big">${fromUnits(amountDue(invoice), 2)} ${invoice.currency}</div>
          ${invoice.dueDay && html`<div class="soft">Due ${longDay(invoice.dueDay)}</div>`}</div>
          ${payButton(scope, organisation, invoice)}
        </div>
      </section>
      <section class="card">
        <dl><dt>To</dt><dd>${contact?.name}</dd><dt>Issued</dt><dd>${longDay(invoice.day)}</dd>
        ${invoice.reference && html`<dt>Reference</dt><dd>${invoice.reference}</dd>`}</dl>
        <div class="scroll" role="region" tabindex="0" aria-label="Lines"><table><thead><tr><th>Description</th><th class="num">Amount ${invoice.currency}</th></tr></thead>
        <tbody>${invoice.lines.map(lineRow)}</tbody></table></div>
        <dl><dt>Total</dt><dd>${fromUnits(invoice.total, 2)}</dd>
        <dt>Paid and credited</dt><dd>${fromUnits(invoice.amountPaid + amountCredited(invoice), 2)}</dd></dl>
      </section>`,
  });
}

/** Made at page view: a kept tab holds an old amount, and everything in it can be edited. */
function payButton(scope: Scope, organisation: Organisation, invoice: Invoice): Html {
  if (invoice.status === "VOIDED") return html`<p class="bad"><strong>Voided</strong></p>`;
  if (invoice.status === "SUBMITTED") return html`<p class="soft">Awaiting approval</p>`;
  if (invoice.status === "PAID") return html`<p class="good"><strong>Paid</strong></p>`;
  const [service] = servicesOf({ ...scope }, invoice.themeId ?? organisation.defaultThemeId);
  if (!service) return html`<p class="soft">No online payment is set up.</p>`;
  const values = {
    INVOICENUMBER: invoice.number,
    CURRENCY: invoice.currency,
    AMOUNTDUE: fromUnits(amountDue(invoice), 2),
    SHORTCODE: organisation.shortCode,
    INVOICEID: invoice.id,
  };
  const href = renderPaymentUrl(service.url, values, getLinkMode(scope.world));
  return html`<a class="button" href="${href}" rel="noreferrer">${service.payNowText}</a>`;
}

const lineRow = ({ description, lineAmount, isText }: Line) =>
  html`<tr><td>${description}</td><td class="num">${isText ? "" : fromUnits(lineAmount, 2)}</td></tr>`;

function findByToken({ db }: World, token: string): { tenantId: string; id: string } | undefined {
  return statement(
    db,
    `select tenant_id as tenantId, id from xero_rows
     where valid_to is null and kind = 'invoice' and data ->> '$.onlineToken' = ?`,
  ).get(token) as { tenantId: string; id: string } | undefined;
}

function missing(): Res {
  return page({
    brand: "Online invoice",
    status: 404,
    title: "Invoice not found",
    body: html`<h1>We can’t find that invoice</h1><p>Please check the link with whoever sent it to you.</p>`,
  });
}
