/** What the pages of an organisation's books share. */
import { type Html, html, page } from "../../core/html.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { longDay } from "../dates.ts";
import type { Organisation } from "../model.ts";
import { fromUnits } from "../money.ts";
import { organisationOf } from "../organisations.ts";
import type { Scope, Stored } from "../store/rows.ts";

export type Books = { scope: Scope; organisation: Stored<Organisation>; req: Req };

/** A page of an organisation that is there; what a form was answered stands above it. */
export function booksPage(
  pattern: string,
  show: (books: Books) => { title: string; body: Html; status?: number },
): Route {
  const handler = (req: Req, world: World): Res => {
    const scope = { world, tenantId: req.params.tenantId ?? "" };
    const organisation = organisationOf(scope);
    if (!organisation) return notFound();
    const { title, body, status = 200 } = show({ scope, organisation, req });
    return page({
      ...{ brand: "Xero", title: `${title} · ${organisation.name}`, width: "wide", status },
      body: html`${places(organisation)}${answerTo(req)}${body}`,
    });
  };
  return { method: "GET", pattern: `/books/:tenantId${pattern}`, handler };
}

const notFound = (): Res =>
  page({ brand: "Xero", title: "Not found", status: 404, body: html`<h1>Not found</h1>` });

function places({ id, name }: Organisation): Html {
  return html`<nav class="links books-places" aria-label="${name}"><strong>${name}</strong>
    <a href="/books/${id}">Sales invoices</a> <a href="/books/${id}/contacts">Contacts</a>
    <a href="/books/${id}/settings">Accounts and lock dates</a>
    <a href="/settings-online-payments/${id}">Online payments</a></nav>`;
}

function answerTo({ url }: Req): Html | null {
  const refusal = url.searchParams.get("refused");
  if (refusal) return html`<p class="note bad" role="alert">${refusal}</p>`;
  return url.searchParams.has("done") ? html`<p class="note good" role="status">Saved</p>` : null;
}

/** Goes to a lever of the control API, and comes back to this page. */
export function leverForm(
  { organisation, req }: Books,
  { lever, label, fields, hidden = {}, isQuiet = false }: LeverForm,
): Html {
  const values = { tenantId: organisation.id, back: req.path, ...hidden };
  return html`<form class="row" method="post" action="/control/xero/${lever}">
    ${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    ${fields ?? ""}<button ${isQuiet ? html`class="quiet"` : ""}>${label}</button></form>`;
}

type LeverForm = {
  lever: string;
  label: string;
  fields?: Html | Html[];
  hidden?: Record<string, string>;
  isQuiet?: boolean;
};

let fieldIds = 0;

/** A text field with its label; `type` as in HTML. */
export function field(
  label: string,
  name: string,
  { value = "", type = "text", required = false }: { value?: string; type?: string; required?: boolean } = {},
): Html {
  const id = `b-${name}-${++fieldIds}`;
  return html`<div><label for="${id}">${label}</label><input id="${id}" name="${name}" type="${type}" value="${value}"
    maxlength="4000" ${required ? "required" : ""}></div>`;
}

export function choice(
  label: string,
  name: string,
  options: { value: string; label: string }[],
  chosen = "",
): Html {
  const id = `b-${name}-${++fieldIds}`;
  return html`<div><label for="${id}">${label}</label><select id="${id}" name="${name}">${options.map(
    (one) =>
      html`<option value="${one.value}" ${one.value === chosen ? "selected" : ""}>${one.label}</option>`,
  )}</select></div>`;
}

export const money = (minor: number) => fromUnits(minor, 2);
export const day = (value: string | undefined) => (value ? longDay(value) : "");

/** A status in its own colour. */
export function statusOf(status: string): Html {
  const tone =
    { PAID: "good", ACTIVE: "good", VOIDED: "bad", DELETED: "bad", ARCHIVED: "soft" }[status] ?? "";
  return html`<span class="pill ${tone}">${status}</span>`;
}
