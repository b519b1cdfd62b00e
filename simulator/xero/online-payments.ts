/** Settings → Online payments: the custom payment URL and the branding themes that show it (xero-platform.md 5). */
import { randomUUID } from "node:crypto";
import { type Html, html, page } from "../core/html.ts";
import { redirect } from "../core/reply.ts";
import { transaction } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import type { BrandingTheme, Organisation, PaymentService } from "./model.ts";
import { listOrganisations, organisationOf } from "./organisations.ts";
import { faultsOfPaymentUrl } from "./payment-url.ts";
import { brandingThemes, paymentServices } from "./store/books.ts";
import type { Scope } from "./store/rows.ts";

const path = "/settings-online-payments";

export const onlinePaymentsRoutes: Route[] = [
  { method: "GET", pattern: path, handler: (_, world) => choose(world) },
  { method: "GET", pattern: `${path}/:tenantId`, handler: (req, world) => open(req, world) },
  { method: "POST", pattern: `${path}/:tenantId`, handler: save },
];

function choose(world: World): Res {
  const links = listOrganisations(world).map(
    ({ tenantId, name, baseCurrency }) =>
      html`<li><a href="${path}/${tenantId}">${name}</a> <span class="soft">${baseCurrency}</span></li>`,
  );
  return page({
    brand: "Xero",
    title: "Online payments",
    body: html`<h1>Online payments</h1><p>Choose an organisation.</p><ul class="card">${links}</ul>`,
  });
}

type Draft = { id: string; name: string; url: string; payNowText: string; themeIds: string[] };

function open({ params, url }: Req, world: World, draft?: Draft, faults: string[] = []): Res {
  const scope = { world, tenantId: params.tenantId ?? "" };
  const organisation = organisationOf(scope);
  if (!organisation || organisation.state === "gone") return { ...choose(world), status: 404 };
  const services = paymentServices.list(scope, { order: "label, id" });
  const themes = brandingThemes.list(scope, { order: "amount, id" });
  const blank: Draft = {
    id: "",
    name: "",
    url: "",
    payNowText: "Pay now",
    themeIds: themes.slice(0, 1).map(({ id }) => id),
  };
  return page({
    brand: "Xero",
    title: `Online payments of ${organisation.name}`,
    status: faults.length > 0 ? 400 : 200,
    body: html`
      <p class="soft">${organisation.name} · Settings</p>
      <h1>Online payments</h1>
      ${url.searchParams.has("saved") && html`<p class="note" role="status">Saved. Open invoices show it at once.</p>`}
      ${faults.length > 0 && html`<div class="note bad" role="alert">${faults.map((fault) => html`<p>${fault}</p>`)}</div>`}
      ${services.map((service) => form(organisation, themes, draft?.id === service.id ? draft : service))}
      ${form(organisation, themes, draft && draft.id === "" ? draft : blank)}
      <p class="soft">Placeholders: <code>[INVOICENUMBER]</code> <code>[CURRENCY]</code> <code>[AMOUNTDUE]</code>
      <code>[SHORTCODE]</code>. <a href="${path}">Another organisation</a></p>`,
  });
}

function form({ id: tenantId }: Organisation, themes: BrandingTheme[], draft: Draft): Html {
  const field = (name: string) => `${name}-${draft.id || "new"}`;
  return html`<form class="card" method="post" action="${path}/${tenantId}">
    <h2>${draft.id ? draft.name : "Add a custom payment URL"}</h2>
    <input type="hidden" name="id" value="${draft.id}">
    <label for="${field("name")}">Name</label>
    <input id="${field("name")}" name="name" value="${draft.name}" required maxlength="100">
    <label for="${field("text")}">Pay now text</label>
    <input id="${field("text")}" name="payNowText" value="${draft.payNowText}" required maxlength="40">
    <label for="${field("url")}">Custom payment URL</label>
    <input id="${field("url")}" name="url" value="${draft.url}" required inputmode="url" autocomplete="off">
    <fieldset><legend>Branding themes</legend>${themes.map(
      ({ id, name }) =>
        html`<label class="check"><input type="checkbox" name="themeIds" value="${id}" ${
          draft.themeIds.includes(id) ? "checked" : ""
        }> ${name}</label>`,
    )}</fieldset>
    <p><button>Save</button> ${draft.id && html`<button class="quiet" name="remove" value="yes" formnovalidate>Detach from all themes</button>`}</p>
  </form>`;
}

async function save(req: Req, world: World): Promise<Res> {
  const scope = { world, tenantId: req.params.tenantId ?? "" };
  if (!organisationOf(scope)) return choose(world);
  const form = req.form();
  const value = (name: string) => form.get(name)?.trim() ?? "";
  const draft = {
    id: value("id"),
    name: value("name"),
    url: value("url"),
    payNowText: value("payNowText"),
    themeIds: form.getAll("themeIds"),
  };
  const isRemoval = form.has("remove");
  const faults = isRemoval
    ? []
    : [...(draft.name ? [] : ["Please enter a name"]), ...faultsOfPaymentUrl(draft.url)];
  if (faults.length > 0) return open(req, world, draft, faults);
  setPaymentService(scope, isRemoval ? { ...draft, themeIds: [] } : draft);
  return redirect(`${path}/${scope.tenantId}?saved=1`);
}

/** A theme shows one custom URL: attaching it here takes it from the others. */
export function setPaymentService(
  scope: Scope,
  draft: Omit<PaymentService, "id"> & { id?: string },
): PaymentService {
  const service = { ...draft, id: draft.id || randomUUID() };
  return transaction(scope.world.db, () => {
    for (const other of paymentServices.list(scope)) {
      const kept = other.themeIds.filter((id) => !service.themeIds.includes(id));
      if (other.id !== service.id && kept.length < other.themeIds.length) {
        paymentServices.put(scope, { ...other, themeIds: kept });
      }
    }
    const { tenantId } = scope;
    scope.world.journal.write("xero.payment-url.saved", {
      tenantId,
      url: service.url,
      themeIds: service.themeIds,
    });
    return paymentServices.put(scope, service);
  });
}
