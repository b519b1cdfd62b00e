import type { World } from "../../core/types.ts";
import { listOrganisations } from "../../xero/organisations.ts";
import { sendIntentToReceive } from "../../xero/webhooks/webhooks.ts";
import { refuseRedirectUris } from "../authorize/redirect-uris.ts";
import { connectCustom } from "../connections.ts";
import { customScopeAllowed } from "../scopes.ts";
import { hashOf } from "../tokens/secrets.ts";
import { type App, type AppFlags, getApp, newApp, saveApp } from "./apps.ts";

export type AppEdit = {
  name?: string;
  kind?: App["kind"];
  secret?: string;
  redirectUris?: string[];
  flags?: Partial<AppFlags>;
  custom?: App["custom"];
  webhookUrl?: string | null;
  webhookKey?: string;
  webhookCategories?: string[];
};

/** Creates or changes an app. A new webhook address is validated at once, as in Xero's portal. */
export function editApp(
  world: World,
  clientId: string,
  edit: AppEdit,
): { refused: string } | { refused: null; app: App } {
  const before = getApp(world, clientId) ?? newApp(clientId, edit.name ?? clientId);
  const { secret, flags, ...plain } = edit;
  const app: App = {
    ...before,
    ...plain,
    flags: { ...before.flags, ...flags },
    secretHash: secret ? hashOf(secret) : before.secretHash,
  };
  const refused =
    refuseRedirectUris(app.redirectUris) ??
    refuseWebhookUrl(app.webhookUrl) ??
    refuseCustom(world, app.kind, edit.custom);
  if (refused) return { refused };

  const toValidate =
    app.webhookUrl !== null && (plain.webhookUrl !== undefined || plain.webhookKey !== undefined);
  if (toValidate) app.webhookStatus = "validating";
  if (app.webhookUrl === null) app.webhookStatus = "none";
  saveApp(world, app);
  if (edit.custom) connectCustom(world, app);
  world.journal.write("identity.app.saved", { clientId, changed: Object.keys(edit) });
  if (toValidate) {
    world.later("xero.intent-to-receive", async () => {
      await sendIntentToReceive(world, clientId);
    });
  }
  return { refused: null, app };
}

/** Where Xero sells custom connections (xero-platform.md 1.7). */
const CUSTOM_COUNTRIES = ["AU", "NZ", "GB", "US"];

function refuseCustom(world: World, kind: App["kind"], custom: App["custom"] | undefined): string | null {
  if (!custom) return null;
  if (kind !== "custom") return "Only a custom connection belongs to an organisation.";
  const home = listOrganisations(world).find(({ tenantId }) => tenantId === custom.tenantId);
  if (!home) return "There is no such organisation.";
  if (!CUSTOM_COUNTRIES.includes(home.countryCode))
    return `Custom connections are for organisations in Australia, New Zealand, the UK and the US; ${home.name} is elsewhere.`;
  const refused = custom.scopes.find((scope) => !customScopeAllowed(scope));
  return refused === undefined ? null : `“${refused}” is no scope of a custom connection.`;
}

/** Real Xero wants https on port 443; here plain http is taken, because everything runs on one machine. */
function refuseWebhookUrl(url: string | null): string | null {
  if (url === null || /^https?:$/.test(URL.parse(url)?.protocol ?? "")) return null;
  return `“${url}” is not a web address.`;
}
