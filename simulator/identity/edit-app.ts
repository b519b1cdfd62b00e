import type { World } from "../core/types.ts";
import { sendIntentToReceive } from "../xero/webhooks.ts";
import { type App, type AppFlags, getApp, newApp, saveApp } from "./apps.ts";
import { refuseRedirectUris } from "./redirect-uris.ts";
import { hashOf } from "./secrets.ts";

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
  const refused = refuseRedirectUris(app.redirectUris) ?? refuseWebhookUrl(app.webhookUrl);
  if (refused) return { refused };

  const toValidate =
    app.webhookUrl !== null && (plain.webhookUrl !== undefined || plain.webhookKey !== undefined);
  if (toValidate) app.webhookStatus = "validating";
  if (app.webhookUrl === null) app.webhookStatus = "none";
  saveApp(world, app);
  world.journal.write("identity.app.saved", { clientId, changed: Object.keys(edit) });
  if (toValidate) {
    world.later("xero.intent-to-receive", async () => {
      await sendIntentToReceive(world, clientId);
    });
  }
  return { refused: null, app };
}

/** Real Xero wants https on port 443; here plain http is taken, because everything runs on one machine. */
function refuseWebhookUrl(url: string | null): string | null {
  if (url === null || /^https?:$/.test(URL.parse(url)?.protocol ?? "")) return null;
  return `“${url}” is not a web address.`;
}
