import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { listUnreflected, type Unreflected } from "#lib/posting/read.ts";
import { listOpenHolds, type OpenHold } from "./open-holds.ts";

export type InFlight = {
  /** Someone is paying this at this moment. */
  hold: OpenHold | null;
  /** Paid here, and not yet on the invoice in Xero. */
  sentMinor: bigint;
  sentSince: Date | null;
};

/**
 * What is under way for these invoices, by invoice; one that is missing has nothing under way. A payment goes from hold
 * to posting to mirror, and is read in that order: read what is due in the mirror after this, never before, or a payment
 * that moves on between the readings is seen nowhere.
 */
export async function inFlight(
  db: Db,
  connectionId: string,
  invoiceIds: string[],
): Promise<Map<string, InFlight>> {
  const held = await listOpenHolds(db, connectionId, invoiceIds);
  return flightsOf(held, await listUnreflected(db, connectionId, invoiceIds));
}

/** The same of what was read, of one organisation. */
export function flightsOf(held: OpenHold[], sent: Unreflected[]): Map<string, InFlight> {
  const found = new Map<string, InFlight>();
  for (const invoiceId of new Set([...held, ...sent].map((row) => row.invoiceId))) {
    const lines = sent.filter((line) => line.invoiceId === invoiceId);
    found.set(invoiceId, {
      hold: held.find((hold) => hold.invoiceId === invoiceId) ?? null,
      sentMinor: sumOf(lines.map((line) => line.amountMinor)),
      sentSince: lines.map((line) => line.since).sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    });
  }
  return found;
}
