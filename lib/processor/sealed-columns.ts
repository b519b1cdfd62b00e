import type { SealedColumn } from "#lib/core/vault/vault.ts";

/** Where this room keeps secrets: "npm run rotate-vault" seals them anew. */
export const SEALED_COLUMNS: SealedColumn[] = [
  { table: "processor_accounts", column: "sealed_secret_key" },
  { table: "processor_accounts", column: "sealed_webhook_secret" },
];
