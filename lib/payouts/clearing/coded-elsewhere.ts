import { daysAfter } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { XeroTransfer } from "#lib/xero/api/types.ts";
import { withXero } from "#lib/xero/call.ts";
import { isMatchedAtBank } from "../rules.ts";
import type { PayoutSettings } from "../store.ts";
import type { Line } from "./clearing-facts.ts";

/** So many of the newest are looked for; each is a call. */
const LOOKED_FOR = 10;

/**
 * Entries on the bank account that a payout's bank line was coded to, while its transfer waits to be matched with one: of
 * the same amount, and dated up to three days before. Clearing is right then, and the bank account has the payout twice.
 */
export async function codedElsewhere(
  db: Db,
  { connectionId, bankAccountId }: Pick<PayoutSettings, "connectionId" | "bankAccountId">,
  found: { baseCurrency: string; documents: ClearingDocument[]; transfers: XeroTransfer[] },
): Promise<Line[]> {
  const ours = new Map(found.documents.map((one) => [one.xeroId, one]));
  const unmatched = found.transfers
    .flatMap((transfer) => {
      const document = ours.get(transfer.transferId);
      if (document?.state !== "done") return [];
      return isMatchedAtBank(transfer, document) ? [] : { ...transfer, minor: -document.minor };
    })
    .toSorted((a, b) => b.date.localeCompare(a.date))
    .slice(0, LOOKED_FOR);
  const lines = new Map<string, Line>();
  for (const { minor, date } of unmatched) {
    const like = {
      ...{ accountId: bankAccountId, currency: found.baseCurrency },
      ...{ minor, since: daysAfter(date, -3) },
    };
    for (const entry of await withXero(db, connectionId, "sync", (xero) => xero.bankEntriesLike(like))) {
      const about = { kind: "entry" as const, date: entry.date, reference: entry.reference };
      lines.set(entry.entryId, { cause: "coded_elsewhere", minor: entry.minor, about });
    }
  }
  return [...lines.values()];
}
