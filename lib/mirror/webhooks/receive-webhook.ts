import { createHash } from "node:crypto";
import { coalesceCalls } from "#lib/core/concurrency/coalesce-calls.ts";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { noteWebhookSeen, webhookKeyOf } from "#lib/xero/apps/apps.ts";
import { syncingConnectionsOfApp } from "#lib/xero/organisations/auto-sync.ts";
import { inbox } from "../jobs.ts";
import { RUNG } from "../kinds.ts";
import { callSoon } from "../sync/cursor-store.ts";
import { forgetReached, insertDeliveries, type Kept } from "./inbox-store.ts";
import { delivery, signedBy } from "./webhook-rules.ts";

/**
 * Xero rang. True means answer 200: signed rightly, and stored if it carries events or can't be read. False means 401:
 * wrong signature or unknown app. A delivery that we can't store throws, so that the sender tries again.
 */
export async function receiveWebhook(
  db: Db,
  { appId, body, signature }: { appId: string; body: Buffer; signature: string | null },
): Promise<boolean> {
  const key = await webhookKey(db, appId, null);
  if (!key || !signedBy(key, body, signature)) return false;

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
  await keep(db, appId, { bodyHash, ...(read ?? { unreadable: asText(body) }) });
  return true;
}

const webhookKey = coalesceCalls<null, string | undefined>((db, appId) => webhookKeyOf(db, appId));

/** One commit for all that come at once: each would wait for its own, and for the others' hold on the inbox's job. */
const keep = coalesceCalls<Kept, void>((db, appId, deliveries) =>
  db.transaction(async (tx) => {
    await insertDeliveries(tx, appId, deliveries);
    await enqueue(tx, inbox, { appId });
  }),
);

/**
 * Xero asks whether we mean to receive: the webhook is new, or was switched off for a while. Its numbers may begin anew,
 * so what was lost between can't be told from them: the next turn reads what changed.
 */
async function intend(db: Db, appId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await noteWebhookSeen(tx, appId);
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
