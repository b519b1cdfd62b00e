import type { processorAccounts } from "#db/schema/processor.ts";

/** Whether a processor's events come: said alike by its settings and by the setup check. */
export type EventsState = "missing" | "awaited" | "arriving";

type Account = Pick<typeof processorAccounts.$inferSelect, "sealedWebhookSecret" | "webhookSeenAt">;

/** `missing`: nothing could be checked that came. `awaited`: nothing rightly signed has come yet. */
export function eventsState({ sealedWebhookSecret, webhookSeenAt }: Account): EventsState {
  if (!sealedWebhookSecret) return "missing";
  return webhookSeenAt ? "arriving" : "awaited";
}
