import { type Html, html, page } from "../../core/html.ts";
import type { Res } from "../../core/types.ts";
import { scopeInWords } from "../scopes.ts";
import type { Tenant } from "../tenants.ts";
import { fullName, type User } from "../users.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";

type Consent = {
  request: AuthorizeRequest;
  user: User;
  tenants: Tenant[];
  /** Tenant ids this user has connected to this app before. */
  connected: string[];
  problem: string | undefined;
};

function tenantChoice({ request, connected, tenants }: Consent, tenant: Tenant): Html {
  const known = connected.includes(tenant.tenantId);
  const checked = tenants.length === 1 || (known && request.severalOrganisations);
  const kind = tenant.tenantType === "ORGANISATION" ? "" : ` (${tenant.tenantType.toLowerCase()})`;
  return html`<label class="check">
<input type="${request.severalOrganisations ? "checkbox" : "radio"}" name="tenant" value="${tenant.tenantId}"${checked ? html` checked` : ""}>
<span>${tenant.tenantName}${kind}${known && html` <span class="soft">· already connected</span>`}</span>
</label>`;
}

function picker(consent: Consent): Html {
  const { tenants, request, problem } = consent;
  if (tenants.length === 0) return html`<p class="bad">You have no organisation that could be connected.</p>`;
  return html`<fieldset style="border:0;padding:0;margin:0">
<legend><h2 style="margin-top:0">Select ${request.severalOrganisations ? "one or more organisations" : "an organisation"}</h2></legend>
${problem && html`<p class="bad" role="alert">${problem}</p>`}
${tenants.map((tenant) => tenantChoice(consent, tenant))}
</fieldset>`;
}

/** The first connection asks for access; a later one says that it continues. */
export function consentPage(consent: Consent): Res {
  const { request, user, connected, tenants } = consent;
  const again = connected.length > 0;
  return page({
    title: again ? "Continue access" : "Allow access",
    brand: "Xero",
    body: html`<h1>${again ? html`${request.app.name} wants to keep its access` : html`${request.app.name} wants access to:`}</h1>
<div class="spread"><p class="soft">Signed in as ${fullName(user)} (${user.email})</p>
<form method="post" action="/identity/sign-out"><input type="hidden" name="request" value="${request.query}"><button class="quiet">Switch user</button></form></div>
<form class="card" method="post" action="/identity/connect/authorize">
<input type="hidden" name="request" value="${request.query}">
${picker(consent)}
<h2>It will be able to</h2>
<ul>${request.scopes.map((scope) => html`<li>${scopeInWords(scope)} <code class="soft">${scope}</code></li>`)}</ul>
<p class="row">
${tenants.length > 0 && html`<button name="decision" value="allow">Allow access</button>`}
<button class="quiet" name="decision" value="cancel">Cancel</button>
</p>
</form>`,
  });
}
