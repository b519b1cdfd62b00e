import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type Place, open as unseal } from "#lib/core/vault/vault.ts";
import { watched } from "./key-state.ts";
import { getAccount } from "./store.ts";
import { stripeProcessor } from "./stripe/sessions.ts";
import type { Processor } from "./types.ts";

export const secretKeyPlace = (accountId: string): Place => ({
  table: "processor_accounts",
  row: accountId,
  column: "sealed_secret_key",
});
export const webhookSecretPlace = (accountId: string): Place => ({
  table: "processor_accounts",
  row: accountId,
  column: "sealed_webhook_secret",
});

/** The processor behind one account, ready to call; what it says of the key is kept. `db` must not be in a transaction. */
export async function openProcessor(db: Db, accountId: string): Promise<Processor> {
  const account = await getAccount(db, accountId);
  if (!account) throw new AppError("not_found", "That payment processor account is not on file.");
  const secretKey = unseal(account.sealedSecretKey, secretKeyPlace(account.id));
  return watched(db, account, stripeProcessor(secretKey, account));
}
