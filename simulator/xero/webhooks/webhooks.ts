/** Xero's webhooks (xero-platform.md 4): at least once, retried for a day, then the endpoint is disabled. */
import { getSetting } from "../../core/settings.ts";
import type { World } from "../../core/types.ts";
import { type App, getApp, listApps, setWebhookStatus } from "../../identity/apps/apps.ts";
import { type Delivery, dueDeliveries, moveDelivery, pack, releaseHeld, retryNow } from "./webhook-queue.ts";
import { entropy, post, sign } from "./webhook-send.ts";

/** Probabilities, 0 to 1, that a delivery is lost, sent twice, or overtaken by the next one. */
export type WebhookFaults = { drop: number; duplicate: number; reorder: number };

export const webhookFaultsSetting = "xero.webhookFaults";
export const getWebhookFaults = (world: World): WebhookFaults =>
  getSetting(world, webhookFaultsSetting, { drop: 0, duplicate: 0, reorder: 0 });

const retryMs = 15 * 60_000;
const giveUpMs = 24 * 3_600_000;
const running = new WeakMap<World, Promise<void>>();

/** After the answer to whoever made the change. */
export function deliverSoon(world: World): void {
  world.later("xero.webhooks", () => deliverDue(world));
}

/** Sends all that is due, one run after the other. */
function deliverDue(world: World): Promise<void> {
  const next = (running.get(world) ?? Promise.resolve()).then(() => deliverAll(world));
  running.set(
    world,
    next.catch(() => {}),
  );
  return next;
}

/** Also lets go what was held back for so long, so that at least once stays true. */
export async function tickWebhooks(world: World, heldMs = 0): Promise<void> {
  await deliverDue(world);
  if (releaseHeld(world, heldMs) > 0) await deliverDue(world);
}

async function deliverAll(world: World): Promise<void> {
  for (const app of listApps(world)) {
    if (app.webhookStatus !== "ok" || !app.webhookUrl) continue;
    while (packWithFaults(world, app));
    for (const delivery of dueDeliveries(world, app.clientId)) {
      if (getApp(world, app.clientId)?.webhookStatus === "ok") await deliver(world, app, delivery);
    }
  }
}

function packWithFaults(world: World, { clientId }: App): boolean {
  const { drop, reorder } = getWebhookFaults(world);
  const state = Math.random() < drop ? "dropped" : Math.random() < reorder ? "held" : "due";
  const isPacked = pack(world, clientId, state);
  if (isPacked && state !== "due") world.journal.write(`xero.webhook.${state}`, { clientId });
  return isPacked;
}

async function deliver(world: World, app: App, { id, body, attempts, firstAt }: Delivery): Promise<void> {
  const { clientId, webhookKey, webhookUrl } = app;
  const times = Math.random() < getWebhookFaults(world).duplicate ? 2 : 1;
  let status = 0;
  for (let time = 0; time < times; time++) {
    status = await post(webhookUrl ?? "", body, sign(body, webhookKey));
    world.journal.write("xero.webhook.sent", {
      clientId,
      deliveryId: id,
      attempt: attempts + 1,
      status,
      body,
    });
  }
  const now = world.clock.now();
  if (status === 200) return moveDelivery(world, id, "delivered", attempts + 1, now);
  if (now - firstAt < giveUpMs) {
    moveDelivery(world, id, "due", attempts + 1, attempts === 0 ? now : now + retryMs);
    if (attempts === 0) await deliver(world, app, { id, clientId, body, attempts: 1, firstAt });
    return;
  }
  moveDelivery(world, id, "failed", attempts + 1, now);
  setWebhookStatus(world, clientId, "disabled");
  world.journal.write("xero.webhook.disabled", { clientId, deliveryId: id });
}

/**
 * Sends the intent-to-receive probes, some signed rightly and some wrongly: each must be told apart, 200 from 401. Sets
 * the app's status; a re-enabled endpoint gets what it missed.
 */
export async function sendIntentToReceive(world: World, clientId: string): Promise<"ok" | "failed"> {
  const app = getApp(world, clientId);
  if (!app?.webhookUrl) return "failed";
  setWebhookStatus(world, clientId, "validating");
  let isGood = true;
  for (const isSigned of [true, false, false, true]) {
    const body = JSON.stringify({
      events: [],
      firstEventSequence: 0,
      lastEventSequence: 0,
      entropy: entropy(),
    });
    const status = await post(app.webhookUrl, body, sign(body, isSigned ? app.webhookKey : entropy()));
    world.journal.write("xero.webhook.intent", { clientId, isSigned, status });
    isGood &&= status === (isSigned ? 200 : 401);
  }
  const outcome = isGood ? "ok" : "failed";
  setWebhookStatus(world, clientId, outcome);
  if (isGood) {
    retryNow(world, clientId);
    deliverSoon(world);
  }
  return outcome;
}
