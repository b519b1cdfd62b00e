import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, type Origin } from "../reference.ts";
import { insertPosting } from "../store.ts";
import { aimed, type DocumentKind } from "./kind.ts";

/** Money that its invoices no longer take, as an overpayment of the client. Xero keeps no reference of one: its line begins with ours. */
export const overpayment: DocumentKind = {
  words: "Overpayment",
  send(xero, posting, key) {
    const { targetId: contactId, ...given } = aimed(posting);
    return xero.createOverpayment({ ...given, ...overpaymentBody.parse(posting.body), contactId }, key);
  },
  find: (xero, posting) => xero.findOverpayments(posting.reference, posting.date),
};

export type OverpaymentToPost = {
  firmId: string;
  connectionId: string;
  surplusId: string;
  origin: Origin;
  isTest: boolean;
  accountId: string;
  currency: string;
  date: string;
  contactId: string;
  amountMinor: bigint;
  body: z.infer<typeof overpaymentBody>;
};

/** What an overpayment says, as it is kept beside its posting. */
export const overpaymentBody = z.strictObject({ words: z.string(), debtorsCode: z.string().nullable() });

/** Promises that this money will be in Xero once, as an overpayment of the contact. */
export async function createOverpaymentPosting(
  tx: Db,
  { surplusId, origin, isTest, contactId, ...overpayment }: OverpaymentToPost,
): Promise<string> {
  const reference = await freeReference(tx, `${origin.id} overpayment`, isTest);
  await insertPosting(
    tx,
    {
      ...overpayment,
      ...(await beginning(tx, origin)),
      kind: "overpayment",
      sourceId: surplusId,
      targetId: contactId,
      reference,
    },
    [],
  );
  return reference;
}
