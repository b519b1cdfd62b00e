/** What changed, for the webhooks of every app connected to the organisation (xero-platform.md 4). */
import { getSetting } from "../core/settings.ts";
import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { connectedApps, listApps } from "../identity/index.ts";
import type { Scope } from "./store/rows.ts";
import { deliverSoon } from "./webhooks/webhooks.ts";

export type Change = {
  category: "CONTACT" | "INVOICE" | "CREDITNOTE" | "PREPAYMENT" | "OVERPAYMENT";
  type: "CREATE" | "UPDATE";
  /** Its endpoint: "Invoices". */
  resource: string;
  id: string;
  /** The newer categories say a little of what they speak of. */
  data?: Record<string, string>;
};

/** Whether payments fire INVOICE UPDATE: commonly seen, nowhere promised. */
export const paymentEventsSetting = "xero.invoiceUpdateOnPayment";
export const firesOnPayment = (world: World) => getSetting(world, paymentEventsSetting, true);

/** Joins the transaction of the change itself, and numbers the event for each app that wants its category. */
export function emit({ world, tenantId }: Scope, { category, type, resource, id, data }: Change): void {
  const connected = new Set(connectedApps(world, tenantId));
  const event = {
    resourceUrl: `${world.baseUrl}/api.xro/2.0/${resource}/${id}`,
    resourceId: id,
    tenantId,
    tenantType: "ORGANISATION",
    eventCategory: category,
    eventType: type,
    eventDateUtc: new Date(world.clock.now()).toISOString().slice(0, -1),
    ...(data && { data }),
  };
  const wanted = listApps(world).filter(
    (app) => connected.has(app.clientId) && app.webhookUrl && app.webhookCategories.includes(category),
  );
  for (const { clientId, webhookStatus } of wanted) {
    if (webhookStatus !== "ok" && webhookStatus !== "disabled") continue;
    statement(
      world.db,
      `insert into xero_events (client_id, sequence, event) values
       (?1, 1 + coalesce((select max(sequence) from xero_events where client_id = ?1), 0), ?2)`,
    ).run(clientId, JSON.stringify(event));
  }
  if (wanted.length > 0) deliverSoon(world);
}
