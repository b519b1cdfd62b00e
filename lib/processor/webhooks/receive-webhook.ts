import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { open as unseal } from "#lib/core/vault/vault.ts";
import { eventsArrived } from "../jobs.ts";
import { webhookSecretPlace } from "../open.ts";
import { getAccount, insertEvent, noteWebhookSeen } from "../store.ts";
import { readEvent } from "../stripe/events.ts";

/**
 * Stripe rang. True once the event is stored (or was before), or once one of another account or mode is left out: asked
 * with this account's key Stripe would not know what it is about. False for a wrong or old signature or an unknown account.
 */
export async function receiveWebhook(
  db: Db,
  { accountId, body, signature }: { accountId: string; body: Buffer; signature: string | null },
): Promise<boolean> {
  const account = await getAccount(db, accountId);
  if (!account?.sealedWebhookSecret) return false;
  const event = readEvent(
    body,
    signature,
    unseal(account.sealedWebhookSecret, webhookSecretPlace(account.id)),
  );
  if (!event) return false;
  const { livemode, accountRef, ...named } = event;
  if (livemode !== account.livemode || (accountRef !== null && accountRef !== account.accountRef)) {
    log.warn(
      { account: accountId, event: named.eventRef, livemode, of: accountRef },
      "processor.event-of-others",
    );
    return true;
  }

  await db.transaction(async (tx) => {
    const isNew = await insertEvent(tx, { firmId: account.firmId, accountId, ...named });
    if (isNew) await enqueue(tx, eventsArrived, { accountId });
    await noteWebhookSeen(tx, accountId);
  });
  return true;
}
