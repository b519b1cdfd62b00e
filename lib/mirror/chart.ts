import { and, eq } from "drizzle-orm";
import { accounts, currencies, taxRates } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { listCursors } from "./sync/cursor-store.ts";

/** What an organisation's books offer, as the mirror has them: what lines of a document may say. */
export type Chart = {
  accounts: { code: string; name: string; type: string }[];
  taxRates: { taxType: string; name: string; percent: string }[];
  currencies: string[];
  /** When all of these were read last; null while one of them has not been read to its end yet. */
  asOf: Date | null;
};

const KINDS = ["accounts", "tax_rates", "currencies"] as const;

/** Active accounts that have a code, by code; active tax rates, by name; currencies that the organisation is subscribed to. */
export async function readChart(db: Db, connectionId: string): Promise<Chart> {
  const [ofAccounts, ofRates, ofCurrencies, cursors] = await Promise.all([
    db
      .select({ code: accounts.code, name: accounts.name, type: accounts.type })
      .from(accounts)
      .where(and(eq(accounts.connectionId, connectionId), eq(accounts.status, "ACTIVE")))
      .orderBy(accounts.code, accounts.name),
    db
      .select({ taxType: taxRates.taxType, name: taxRates.name, percent: taxRates.percent })
      .from(taxRates)
      .where(and(eq(taxRates.connectionId, connectionId), eq(taxRates.status, "ACTIVE")))
      .orderBy(taxRates.name, taxRates.taxType),
    db
      .select({ code: currencies.code })
      .from(currencies)
      .where(eq(currencies.connectionId, connectionId))
      .orderBy(currencies.code),
    listCursors(db, [connectionId]),
  ]);
  const readAt = KINDS.map(
    (kind) => cursors.find((cursor) => cursor.kind === kind)?.syncedAt?.getTime() ?? 0,
  );
  const oldest = Math.min(...readAt);
  return {
    accounts: ofAccounts.flatMap(({ code, ...account }) => (code ? [{ code, ...account }] : [])),
    taxRates: ofRates,
    currencies: ofCurrencies.map(({ code }) => code),
    asOf: oldest > 0 ? new Date(oldest) : null,
  };
}
