import type { XeroLink } from "./links.ts";

/**
 * Which organisations this consent can have meant. Xero keeps an organisation's first authEventId when it is consented
 * to again, so the list of this consent may be empty: then those that changed since Connect was pressed, else all of
 * the user's. Two or more are for a person to choose from; nothing is guessed.
 */
export function candidatesOf(ofThisConsent: XeroLink[], all: XeroLink[], since: Date): XeroLink[] {
  if (ofThisConsent.length > 0) return ofThisConsent;
  const touched = all.filter(({ updatedAt }) => updatedAt >= since);
  return touched.length > 0 ? touched : all;
}
