import type { XeroConnection } from "./xero-connections.ts";

/**
 * Which of what the user has tied this consent can have meant: those that carry its id. Xero keeps an organisation's
 * first authEventId when it is consented to again, so there may be none: then those that changed since Connect was
 * pressed, else all of the user's. Two or more are for a person to choose from; nothing is guessed.
 */
export function candidatesOf(
  all: XeroConnection[],
  { authEventId, since }: { authEventId: string; since: Date },
): XeroConnection[] {
  const ofThisConsent = all.filter((link) => link.authEventId === authEventId);
  if (ofThisConsent.length > 0) return ofThisConsent;
  const touched = all.filter(({ updatedAt }) => updatedAt >= since);
  return touched.length > 0 ? touched : all;
}

/**
 * What is left to choose from. To renew one connection, its own organisation, if the consent can have meant it. To add
 * one, all that no other firm has: an adviser's other clients are not named to this one. Nothing left says why.
 */
export function offerOf(
  candidates: XeroConnection[],
  { renews, elsewhere }: { renews: string | null; elsewhere: string[] },
): XeroConnection[] | "no_organisation" | "practice" | "other_organisation" | "taken" {
  const organisations = candidates.filter(({ isOrganisation }) => isOrganisation);
  if (organisations.length === 0) return candidates.length > 0 ? "practice" : "no_organisation";
  if (renews) {
    const own = organisations.filter(({ tenantId }) => tenantId === renews);
    return own.length > 0 ? own : "other_organisation";
  }
  const free = organisations.filter(({ tenantId }) => !elsewhere.includes(tenantId));
  return free.length > 0 ? free : "taken";
}
