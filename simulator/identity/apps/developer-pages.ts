import { type Html, html, page } from "../../core/html.ts";
import type { Res, World } from "../../core/types.ts";
import { listOrganisations } from "../../xero/organisations.ts";
import { CUSTOM_SCOPES } from "../scopes.ts";
import { type App, listApps } from "./apps.ts";

const BRAND = "Xero Developer";
const WEBHOOK_CATEGORIES = ["CONTACT", "INVOICE", "CREDITNOTE", "PREPAYMENT", "OVERPAYMENT"];

export function appListPage(world: World, refused?: string): Res {
  const organisations = listOrganisations(world).map(
    ({ tenantId, name }) => html`<option value="${tenantId}">${name}</option>`,
  );
  const rows = listApps(world).map(
    (app) =>
      html`<tr><td><a href="/developer/apps/${app.clientId}">${app.name}</a></td><td><code>${app.clientId}</code></td><td>${app.kind}</td><td>${app.webhookStatus}</td></tr>`,
  );
  return page({
    title: "My apps",
    brand: BRAND,
    status: refused ? 400 : 200,
    width: "wide",
    body: html`<h1>My apps</h1>
${refused && html`<p class="bad" role="alert">${refused}</p>`}
<div class="card scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Client id</th><th scope="col">Type</th><th scope="col">Webhooks</th></tr></thead><tbody>${rows}</tbody></table></div>
<form class="card" method="post" action="/developer/apps">
<h2 style="margin-top:0">New app</h2>
<label for="name">Name</label><input id="name" name="name" required>
<label for="kind">Type</label><select id="kind" name="kind"><option value="web">Web app</option><option value="pkce">Mobile or desktop app (PKCE)</option><option value="custom">Custom connection</option></select>
<fieldset><legend>Of a custom connection</legend>
<label for="tenantId">Organisation, which authorises it at once here</label><select id="tenantId" name="tenantId">${organisations}</select>
${scopeFields([])}</fieldset>
<p><button>Create app</button></p>
</form>`,
  });
}

const scopeFields = (held: string[]) =>
  CUSTOM_SCOPES.map((scope) => check("scopes", scope, scope, held.includes(scope)));

const textarea = (name: string, label: string, value: string) =>
  html`<label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="3">${value}</textarea>`;

const check = (name: string, value: string, label: string, on: boolean) =>
  html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${on && html` checked`}> ${label}</label>`;

const section = (app: App, part: string, title: string, fields: Html, button: string) =>
  html`<form class="card" method="post" action="/developer/apps/${app.clientId}/${part}"><h2 style="margin-top:0">${title}</h2>${fields}<p><button>${button}</button></p></form>`;

export type AppNotice = { secret?: string; refused?: string };

export function appPage(world: World, app: App, { secret, refused }: AppNotice = {}): Res {
  return page({
    title: app.name,
    brand: BRAND,
    status: refused ? 400 : 200,
    body: html`<p><a href="/developer">My apps</a></p><h1>${app.name}</h1>
${refused && html`<p class="bad" role="alert">${refused}</p>`}
${secret && html`<div class="note" role="status"><p>The client secret. It is shown this once:</p><p><code id="secret">${secret}</code></p></div>`}
<dl class="card"><dt>Client id</dt><dd><code>${app.clientId}</code></dd><dt>Type</dt><dd>${app.kind}</dd></dl>
${app.custom && section(app, "custom", "What the organisation gives it", html`<p class="soft">Of ${tenantName(world, app.custom.tenantId)}.</p>${scopeFields(app.custom.scopes)}`, "Save and authorise")}
${app.kind !== "custom" && section(app, "redirect-uris", "Redirect URIs", textarea("redirectUris", "One a line; https, or http on localhost", app.redirectUris.join("\n")), "Save")}
${app.kind !== "pkce" && section(app, "secret", "Client secret", html`<p class="soft">A new secret ends the old one.</p>`, "Generate a secret")}
${section(app, "webhook", "Webhooks", webhookFields(app), "Save and validate")}
${section(app, "flags", "What Xero granted this app", flagFields(app), "Save")}`,
  });
}

const tenantName = (world: World, id: string) =>
  listOrganisations(world).find(({ tenantId }) => tenantId === id)?.name ?? id;

const webhookFields = (app: App) => html`
<dl><dt>Status</dt><dd>${app.webhookStatus}</dd><dt>Signing key</dt><dd><code>${app.webhookKey}</code></dd></dl>
<label for="webhookUrl">Delivery URL</label><input id="webhookUrl" name="webhookUrl" type="url" value="${app.webhookUrl}">
${WEBHOOK_CATEGORIES.map((name) => check("webhookCategories", name, name, app.webhookCategories.includes(name)))}`;

const flagFields = (app: App) => html`
${check("createdBefore2026March", "on", "Created before 2 March 2026 (may use the broad scopes)", app.flags.createdBefore2026March)}
${check("paymentServices", "on", "Approved for the restricted scope paymentservices", app.flags.paymentServices)}`;
