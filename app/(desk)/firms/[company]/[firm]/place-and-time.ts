import "server-only";
import type { Db } from "#lib/core/db.ts";
import { firstConnection } from "#lib/xero/organisations/pay-connections.ts";

/** How a firm's staff pages write dates and money: as its oldest organisation does, or did; else as in Britain. */
export async function placeAndTime(
  db: Db,
  firmId: string,
): Promise<{ country: string; timeZone: string; currency: string | null }> {
  const first = await firstConnection(db, firmId);
  return first
    ? { country: first.countryCode, timeZone: first.timeZone, currency: first.baseCurrency }
    : { country: "GB", timeZone: "UTC", currency: null };
}
