import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { beginning, freeReference, type Origin } from "./reference.ts";
import { insertPosting, listLines, type Posting } from "./store.ts";

export type Removal = {
  /** One that is in Xero. */
  posting: Posting;
  /** Another document of it than its own: a double that came late. */
  xeroId?: string;
  /** What it is taken off for: the dispute, the break, or itself. */
  sourceId: string;
  /** Where one source takes several off: which of them, from 0. Its posting's own part when it is left out. */
  part?: number;
  origin: Origin;
};

/**
 * Promises that this payment or credit note will be taken off in Xero: what a payment paid is owed again. An overpayment
 * can't be (DOC banktransactions, "Deleting spend and receive money transactions"): it is paid out.
 */
export async function createRemovalPosting(
  tx: Db,
  { posting, xeroId, sourceId, part = posting.part, origin }: Removal,
): Promise<void> {
  const { firmId, connectionId, accountId, currency, date, kind } = posting;
  if (kind === "overpayment") throw new RangeError("Xero takes no overpayment off: it is paid out");
  const lines = await listLines(tx, posting.id);
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, accountId, currency, date, sourceId, part },
      ...(await beginning(tx, origin)),
      amountMinor: posting.amountMinor ?? sumOf(lines.map((line) => line.amountMinor)),
      kind: "removal",
      targetId: xeroId ?? posting.xeroId,
      body: {
        isBatch: kind === "batch_payment",
        ...(kind === "credit_note" ? { credit: kind } : {}),
        invoiceIds: lines.map(({ invoiceId }) => invoiceId),
      },
      reference: await freeReference(tx, `${origin.id} removal`, false),
    },
    [],
  );
}
