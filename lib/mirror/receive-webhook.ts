import { createHash } from "node:crypto";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { noteWebhookSeen, webhookKeyOf } from "#lib/xero/apps.ts";
import { syncingConnectionsOfApp } from "#lib/xero/auto-sync.ts";
import { callSoon } from "./cursor-store.ts";
import { forgetReached, keepDelivery } from "./inbox-store.ts";
import { RUNG } from "./kinds.ts";
import { ring } from "./ring.ts";
import { delivery, signedBy } from "./webhook-rules.ts";

/**
 * Xero rang. True means answer 200: signed rightly, and stored if it carries events or can't be read. False means 401:
 * wrong signature or unknown app. A delivery that we can't store throws, so that the sender tries again.
 */
export async function receiveWebhook(
  db: Db,
  { appId, body, signature }: { appId: string; body: Buffer; signature: string | null },
): Promise<boolean> {
  const key = await webhookKeyOf(db, appId);
  if (!key || !signedBy(key, body, signature)) return false;

  await noteWebhookSeen(db, appId);
  const parsed = delivery.safeParse(readJson(body));
  if (!parsed.success) log.error({ appId, bytes: body.length }, "mirror.webhook-unreadable");
  if (parsed.data?.events.length === 0) {
    await intend(db, appId);
    return true;
  }
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const read = parsed.data && {
    events: parsed.data.events,
    firstSequence: parsed.data.firstEventSequence,
    lastSequence: parsed.data.lastEventSequence,
  };
  await keepDelivery(db, { appId, bodyHash, ...(read ?? { unreadable: asText(body) }) });
  // Also for one that is here already: whoever kept it may have died before this.
  await ring(db, appId);
  return true;
}

/**
 * Xero asks whether we mean to receive: the webhook is new, or was switched off for a while. Its numbers may begin anew,
 * so what was lost between can't be told from them: the next turn reads what changed.
 */
async function intend(db: Db, appId: string): Promise<void> {
  await db.transaction(async (tx) => {
    if (await forgetReached(tx, appId)) await callSoon(tx, await syncingConnectionsOfApp(tx, appId), RUNG);
  });
}

/** PostgreSQL's text holds any character but one. */
function asText(body: Buffer): string {
  return body.toString("utf8").replaceAll("\0", "\uFFFD");
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
