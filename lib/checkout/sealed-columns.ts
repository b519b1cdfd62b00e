import type { SealedColumn } from "#lib/core/vault/vault.ts";

/** Where this room keeps secrets: "npm run rotate-vault" seals them anew. */
export const SEALED_COLUMNS: SealedColumn[] = [{ table: "email_codes", column: "sealed_code" }];
