/** Xero's limits and windows, its undocumented choices, and its webhooks' machinery. */
import { z } from "zod";
import { json } from "../core/reply.ts";
import { setSetting } from "../core/settings.ts";
import { statement } from "../core/sql.ts";
import type { Route, World } from "../core/types.ts";
import { getApp, listApps } from "../identity/index.ts";
import {
  creditReferencesSetting,
  keepsCreditReferences,
} from "../xero/accounting/bank-transactions/reference.ts";
import { firesOnPayment, paymentEventsSetting } from "../xero/events.ts";
import { idempotencySeconds, windowSetting } from "../xero/gateway/idempotency.ts";
import { getLimits, setLimits } from "../xero/gateway/limits.ts";
import { getLinkMode, linkModeSetting } from "../xero/online-invoice.ts";
import { sendIntentToReceive, tickWebhooks } from "../xero/webhooks/webhooks.ts";
import { NotThere, number, taking, yes } from "./input.ts";

const most = number.int().min(0);

const settings = z.object({
  limits: z
    .object({
      concurrent: most.optional(),
      minute: most.optional(),
      day: most.optional(),
      appMinute: most.optional(),
    })
    .optional(),
  idempotencySeconds: number.min(0).optional(),
  linkMode: z.enum(["encoded", "raw"]).optional(),
  invoiceUpdateOnPayment: yes.optional(),
  keepCreditReferences: yes.optional(),
});

export const xeroSettingRoutes: Route[] = [
  { method: "GET", pattern: "/control/xero/settings", handler: (_, world) => json(current(world)) },
  {
    method: "POST",
    pattern: "/control/xero/settings",
    handler: taking(settings, (input, world) => {
      const { limits, idempotencySeconds: seconds, linkMode } = input;
      const { invoiceUpdateOnPayment, keepCreditReferences } = input;
      if (limits) setLimits(world, JSON.parse(JSON.stringify(limits)));
      if (seconds !== undefined) setSetting(world, windowSetting, seconds);
      if (linkMode) setSetting(world, linkModeSetting, linkMode);
      if (invoiceUpdateOnPayment !== undefined)
        setSetting(world, paymentEventsSetting, invoiceUpdateOnPayment);
      if (keepCreditReferences !== undefined)
        setSetting(world, creditReferencesSetting, keepCreditReferences);
      world.journal.write("xero.settings", current(world));
      return current(world);
    }),
  },
  {
    method: "POST",
    pattern: "/control/xero/forget-usage",
    handler: taking(z.object({}), (_, world) => {
      statement(world.db, "delete from xero_usage").run();
    }),
  },
  {
    method: "POST",
    pattern: "/control/webhooks/intent",
    handler: taking(z.object({ clientId: z.string() }), async ({ clientId }, world) => {
      if (!getApp(world, clientId)?.webhookUrl) throw new NotThere("No such app, or it has no webhook URL");
      return { clientId, status: await sendIntentToReceive(world, clientId) };
    }),
  },
  {
    method: "POST",
    pattern: "/control/webhooks/tick",
    handler: taking(z.object({}), async (_, world) => {
      await tickWebhooks(world);
      return webhookState(world);
    }),
  },
  { method: "GET", pattern: "/control/webhooks", handler: (_, world) => json(webhookState(world)) },
];

export function current(world: World) {
  return {
    limits: getLimits(world),
    idempotencySeconds: idempotencySeconds(world),
    linkMode: getLinkMode(world),
    invoiceUpdateOnPayment: firesOnPayment(world),
    keepCreditReferences: keepsCreditReferences(world),
  };
}

export function webhookState(world: World) {
  const deliveries = statement(
    world.db,
    `select id, client_id as clientId, state, attempts, first_at as firstAt, next_at as nextAt from xero_deliveries
     order by id desc limit 100`,
  ).all();
  const apps = listApps(world).map(({ clientId, name, webhookUrl, webhookStatus }) => ({
    ...{ clientId, name, webhookUrl, webhookStatus },
  }));
  return { apps, deliveries };
}
