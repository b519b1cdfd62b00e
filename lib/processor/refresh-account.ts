import { and, eq, isNull } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { open as unseal } from "#lib/core/vault/vault.ts";
import { watchKey } from "./key-state.ts";
import { secretKeyPlace } from "./open.ts";
import { getAccount } from "./store.ts";
import { type AccountFacts, describeAccount } from "./stripe/account.ts";
import { ProcessorFault } from "./types.ts";

/**
 * Asks the processor whether an account may take payments, and keeps the answer: payers of one that may not are told so
 * before they press Pay. Throws ProcessorFault when it can't be asked.
 */
export async function refreshAccount(db: Db, accountId: string): Promise<AccountFacts | null> {
  const before = await getAccount(db, accountId);
  if (!before) return null;
  const facts = await watchKey(db, before, () =>
    describeAccount(unseal(before.sealedSecretKey, secretKeyPlace(accountId))),
  );
  const { chargesEnabled } = facts;
  if (before.chargesEnabled !== chargesEnabled) {
    await db.transaction(async (tx) => {
      await tx.update(processorAccounts).set({ chargesEnabled }).where(eq(processorAccounts.id, accountId));
      await record(tx, {
        firmId: before.firmId,
        actor: "stripe",
        action: chargesEnabled ? "processor.charges-enabled" : "processor.charges-disabled",
        subject: `processor_account:${accountId}`,
      });
    });
  }
  return facts;
}

/** The same for every account that takes new payments, or only for those that may take none now. One failure is its own. */
export async function refreshAccounts(db: Db, which: "all" | "disabled"): Promise<void> {
  const rows = await db
    .select({ id: processorAccounts.id })
    .from(processorAccounts)
    .where(
      and(
        isNull(processorAccounts.endedAt),
        which === "disabled" ? eq(processorAccounts.chargesEnabled, false) : undefined,
      ),
    );
  await eachAlone(db, rows, {
    kind: "processor-account",
    idOf: ({ id }) => id,
    work: ({ id }) => refreshAccount(db, id),
  });
}

/** The same of one; where it can't be asked, what is known stays. */
export async function refreshIfReachable(db: Db, accountId: string): Promise<void> {
  try {
    await refreshAccount(db, accountId);
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    log.warn({ account: accountId, fault: error.kind, code: error.code }, "processor.account-not-read");
  }
}
