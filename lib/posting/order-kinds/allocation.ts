import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import type { NewAllocation } from "#lib/xero/api/types.ts";
import { OWES_LESS } from "../causes.ts";
import { aimed, type DocumentKind } from "../kinds/kind.ts";
import { freeReference, LOOK_FIRST } from "../reference.ts";
import { insertPosting, type Posting } from "../store.ts";

/** The credit note of an order, set against the invoice that it corrects (xero-documents 3). */
export const allocation: DocumentKind = {
  words: "Allocation of a credit note",
  refusals: [
    { cause: "settled", says: OWES_LESS },
    { cause: "settled", says: /greater than amount outstanding/i },
  ],
  send: (xero, posting, key) => xero.createAllocation(allocated(posting), key),
  find: (xero, posting) => xero.findAllocations(allocated(posting)),
};

const allocationBody = z.strictObject({ invoiceId: z.string() });

function allocated(posting: Posting): NewAllocation {
  const { targetId: creditNoteId, amountMinor, reference, date, currency } = aimed({ ...posting, lines: [] });
  return {
    ...{ creditNoteId, amountMinor, reference, date, currency },
    ...allocationBody.parse(posting.body),
  };
}

/**
 * The credit note is in Xero: this much of it is set against the invoice next. Call it in the transaction that says so. One that
 * was looked for may have been allocated in a former life of this database.
 */
export async function createAllocation(
  tx: Db,
  { firmId, connectionId, sourceId, currency, date, reference, sends }: Posting,
  { creditNoteId, invoiceId, amountMinor }: { creditNoteId: string; invoiceId: string; amountMinor: bigint },
): Promise<void> {
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, sourceId, currency, date, amountMinor, accountId: "" },
      ...(sends > 0 ? LOOK_FIRST : {}),
      kind: "allocation",
      targetId: creditNoteId,
      body: { invoiceId },
      reference: await freeReference(tx, `${reference} allocation`, false),
    },
    [],
  );
}
