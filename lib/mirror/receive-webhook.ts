import { createHash } from "node:crypto";
import { webhookInbox } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue.ts";
import { noteWebhookSeen, webhookKeyOf } from "#lib/xero/apps.ts";
import { inbox } from "./jobs.ts";
import { delivery, signedBy } from "./webhook-rules.ts";

/**
 * Xero rang. True means answer 200: signed rightly, and stored if it carries events. False means 401: wrong signature
 * or unknown app. A delivery that we can't store throws, so that the sender tries again.
 */
export async function receiveWebhook(
  db: Db,
  { appId, body, signature }: { appId: string; body: Buffer; signature: string | null },
): Promise<boolean> {
  const key = await webhookKeyOf(db, appId);
  if (!key || !signedBy(key, body, signature)) return false;

  const parsed = delivery.safeParse(readJson(body));
  if (!parsed.success) return true;
  const { events, firstEventSequence, lastEventSequence } = parsed.data;
  await noteWebhookSeen(db, appId);
  if (events.length === 0) return true;

  await db.transaction(async (tx) => {
    const stored = await tx
      .insert(webhookInbox)
      .values({
        appId,
        bodyHash: createHash("sha256").update(body).digest("hex"),
        events,
        firstSequence: firstEventSequence,
        lastSequence: lastEventSequence,
      })
      .onConflictDoNothing()
      .returning({ id: webhookInbox.id });
    if (stored.length > 0) await enqueue(tx, inbox, { appId });
  });
  return true;
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
