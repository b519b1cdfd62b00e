import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { hashOf, randomHex, randomToken } from "../tokens/secrets.ts";

export type AppFlags = {
  /** May still ask for the broad scopes. */
  createdBefore2026March: boolean;
  /** Approved for the restricted scope `paymentservices`. */
  paymentServices: boolean;
  /** Organisations that its tier allows it (xero-platform.md 1.9); null is without end. */
  connectionLimit: number | null;
};

export type WebhookStatus = "none" | "validating" | "ok" | "failed" | "disabled";

export type App = {
  clientId: string;
  name: string;
  /** "pkce" apps have no secret; "custom" ones are custom connections: one organisation, client_credentials. */
  kind: "web" | "pkce" | "custom";
  secretHash: string | null;
  redirectUris: string[];
  flags: AppFlags;
  custom: { tenantId: string; scopes: string[] } | null;
  webhookUrl: string | null;
  webhookKey: string;
  webhookCategories: string[];
  webhookStatus: WebhookStatus;
};

type Row = Record<"client_id" | "name" | "kind" | "redirect_uris" | "flags" | "webhook_key", string> &
  Record<"secret_hash" | "custom" | "webhook_url", string | null> &
  Record<"webhook_categories" | "webhook_status", string>;

const fromRow = (row: Row): App => ({
  clientId: row.client_id,
  name: row.name,
  kind: row.kind as App["kind"],
  secretHash: row.secret_hash,
  redirectUris: JSON.parse(row.redirect_uris),
  flags: JSON.parse(row.flags),
  custom: row.custom ? JSON.parse(row.custom) : null,
  webhookUrl: row.webhook_url,
  webhookKey: row.webhook_key,
  webhookCategories: JSON.parse(row.webhook_categories),
  webhookStatus: row.webhook_status as WebhookStatus,
});

export function listApps(world: World): App[] {
  return (statement(world.db, "select * from identity_apps order by name").all() as Row[]).map(fromRow);
}

export function getApp(world: World, clientId: string): App | undefined {
  const row = statement(world.db, "select * from identity_apps where client_id = ?").get(clientId);
  return row ? fromRow(row as Row) : undefined;
}

/** The name a tenant sees as the payment's or invoice's ProviderName. */
export function appName(world: World, clientId: string): string {
  return getApp(world, clientId)?.name ?? clientId;
}

export function saveApp(world: World, app: App): void {
  statement(world.db, "insert or replace into identity_apps values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
    app.clientId,
    app.name,
    app.kind,
    app.secretHash,
    JSON.stringify(app.redirectUris),
    JSON.stringify(app.flags),
    app.custom && JSON.stringify(app.custom),
    app.webhookUrl,
    app.webhookKey,
    JSON.stringify(app.webhookCategories),
    app.webhookStatus,
  );
}

export function newApp(clientId: string, name: string): App {
  return {
    clientId,
    name,
    kind: "web",
    secretHash: null,
    redirectUris: [],
    flags: { createdBefore2026March: false, paymentServices: false, connectionLimit: null },
    custom: null,
    webhookUrl: null,
    webhookKey: randomToken(60),
    webhookCategories: ["INVOICE", "CONTACT", "CREDITNOTE", "PREPAYMENT", "OVERPAYMENT"],
    webhookStatus: "none",
  };
}

export const newClientId = () => randomHex(16).toUpperCase();

/** Returns the secret, which is shown this once. */
export function replaceSecret(world: World, app: App): string {
  const secret = randomToken(36);
  saveApp(world, { ...app, secretHash: hashOf(secret) });
  world.journal.write("identity.app.secret", { clientId: app.clientId });
  return secret;
}

export function setWebhookStatus(world: World, clientId: string, status: WebhookStatus): void {
  statement(world.db, "update identity_apps set webhook_status = ? where client_id = ?").run(
    status,
    clientId,
  );
}
