import "server-only";
import { eq } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { seal } from "#lib/core/vault/vault.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { webhookSecretPlace } from "../open.ts";
import { currentAccount } from "../store.ts";

/** Keeps a signing secret that a person pasted, for addresses that Stripe can't register (`stripe listen`). */
export async function saveWebhookSecret(
  db: Db,
  caller: FirmCaller,
  { secret }: { secret: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const account = await currentAccount(db, firm.firmId);
  if (!account) throw new AppError("conflict", "Save the secret key first.", { field: "secretKey" });
  if (!/^whsec_[A-Za-z0-9+/=_-]{16,}$/.test(secret)) {
    throw new AppError("invalid", "A signing secret starts with whsec_.", { field: "webhookSecret" });
  }
  await db.transaction(async (tx) => {
    await tx
      .update(processorAccounts)
      .set({ sealedWebhookSecret: seal(secret, webhookSecretPlace(account.id)) })
      .where(eq(processorAccounts.id, account.id));
    await recordBy(tx, caller, {
      action: "processor.webhook-secret-saved",
      subject: `processor_account:${account.id}`,
    });
  });
}
