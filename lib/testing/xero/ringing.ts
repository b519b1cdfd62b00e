/** Test only: deliveries as Xero sends them, for tests that ring the doorbell themselves. */
import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { receiveWebhook } from "#lib/mirror/webhooks/receive-webhook.ts";
import type { Simulator } from "../simulator-process.ts";
import { DEMO_APP } from "./at-xero.ts";

/** The app that a connection lives on. */
export async function appOf(db: Db, connectionId: string): Promise<string> {
  const [row] = await db
    .select({ appId: grants.appId })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(eq(connections.id, connectionId));
  if (!row) throw new Error("No such connection");
  return row.appId;
}

export function signed(body: string, key = DEMO_APP.webhookKey): string {
  return createHmac("sha256", key).update(body).digest("base64");
}

/** Rings for an app; the deliveries it makes are numbered one after another unless `at` says otherwise. */
export function bell(db: Db, appId: string) {
  let number = 0;
  return {
    ring: (body: string, signature: string | null = signed(body)) =>
      receiveWebhook(db, { appId, body: Buffer.from(body), signature }),
    body(event: { tenantId: string; resourceId: string; eventCategory?: string }, at = number + 1) {
      number = at;
      const rest = { eventCategory: "INVOICE", eventType: "UPDATE", tenantType: "ORGANISATION" };
      return JSON.stringify({
        events: [{ resourceUrl: "https://api.xero.com/", ...rest, ...event }],
        ...{ firstEventSequence: at, lastEventSequence: at, entropy: "ABC" },
      });
    },
  };
}

/** Xero's question whether we mean to receive. */
export const INTENT = JSON.stringify({
  ...{ events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: "S0m3r4Nd0mt3xt" },
});

/** How many calls of this path the simulated Xero has answered since counting began. */
export async function counting(simulator: Simulator, path: string): Promise<() => Promise<number>> {
  const slow = { method: "GET", path, effect: { kind: "latency", ms: 0 } };
  await simulator.control("POST", "/control/faults", slow);
  const fired = async () =>
    (
      await simulator.control<{ entries: unknown[] }>(
        "GET",
        "/control/journal?kind=fault.fired&limit=1000000",
      )
    ).entries.length;
  const before = await fired();
  return async () => (await fired()) - before;
}
