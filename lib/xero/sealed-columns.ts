import type { SealedColumn } from "#lib/core/vault/vault.ts";

/** Where this room keeps secrets: "npm run rotate-vault" seals them anew. */
export const SEALED_COLUMNS: SealedColumn[] = [
  { table: "xero_apps", column: "sealed_client_secret" },
  { table: "xero_apps", column: "sealed_webhook_key" },
  { table: "grants", column: "sealed_tokens" },
  { table: "grants", column: "sealed_previous_refresh" },
  { table: "oauth_flows", column: "sealed_verifier" },
];
