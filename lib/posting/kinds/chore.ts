import type { Db } from "#lib/core/db.ts";
import { freeReference } from "../reference.ts";
import { insertPosting, type Posting } from "../store.ts";
import type { DocumentKind } from "./kind.ts";

/** What only a person can do in Xero: it is on the to-do list from the first, and never sent. */
export const chore: DocumentKind = {
  words: "To do in Xero for",
  async send(_, posting) {
    throw new Error(`The chore ${posting.id} is a person's`);
  },
  find: async () => [],
};

export type Chore = {
  /** The posting of the payment that it is about. */
  payment: Pick<Posting, "firmId" | "connectionId" | "accountId" | "currency" | "date" | "reference">;
  sourceId: string;
  captureId: string;
  amountMinor: bigint;
  /** What happened and what to do in Xero, for a person. */
  words: string;
};

/** Puts what only a person can do in Xero on the to-do list, until they say that it is done. */
export async function createChore(
  tx: Db,
  { payment, sourceId, captureId, amountMinor, words }: Chore,
): Promise<void> {
  const { firmId, connectionId, accountId, currency, date } = payment;
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, accountId, currency, date, sourceId, amountMinor },
      kind: "chore",
      state: "refused",
      targetId: captureId,
      message: words,
      reference: await freeReference(tx, `${payment.reference} chore ${sourceId}`, false),
    },
    [],
  );
}
