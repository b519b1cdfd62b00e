import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { ACCOUNT, CONTACT, TAX } from "../causes.ts";
import { beginning, freeReference } from "../reference.ts";
import { insertPosting } from "../store.ts";
import { aimed, type DocumentKind } from "./kind.ts";
import type { PayoutMoney } from "./payout-money.ts";

/** What the processor kept of a payout: money spent from the clearing account, or received when it is negative. */
export const fee: DocumentKind = {
  words: "Processor fee of a payout",
  refusals: [
    { cause: "fee_tax", says: TAX },
    { cause: "fee_account", says: ACCOUNT, target: true },
    { cause: "fee_contact", says: CONTACT },
  ],
  send(xero, posting, key) {
    const { targetId: accountCode, amountMinor, ...given } = aimed(posting);
    const said = feeBody.parse(posting.body);
    const lines = feeLines(said, amountMinor);
    return xero.createFee(
      { ...given, amountMinor, fee: { contactName: said.contactName, accountCode, lines } },
      key,
    );
  },
  find: (xero, posting) => xero.findFees(posting.reference),
};

/** What a fee says in Xero beside its amount and account. */
const feeBody = z.strictObject({
  contactName: z.string(),
  description: z.string(),
  taxType: z.string(),
  /** So much of it, tax included, is on a line of its own, with this tax. */
  taxed: z.strictObject({ amount: z.string().regex(/^-?\d+$/), taxType: z.string() }).optional(),
});

/** The lines of a fee: what carries tax apart from what does not. */
function feeLines({ description, taxType, taxed }: z.infer<typeof feeBody>, amountMinor: bigint) {
  const taxedMinor = BigInt(taxed?.amount ?? "0");
  return [
    { description, taxType, amountMinor: amountMinor - taxedMinor },
    ...(taxed
      ? [{ description: `${description}, with tax`, taxType: taxed.taxType, amountMinor: taxedMinor }]
      : []),
  ].filter((line) => line.amountMinor !== 0n);
}

/** Promises that what the processor kept will be in Xero once, as money spent from the clearing account. */
export async function createFeePosting(
  tx: Db,
  {
    origin,
    isTest,
    accountCode,
    body,
    ...row
  }: PayoutMoney & { accountCode: string; body: z.infer<typeof feeBody> },
): Promise<void> {
  const reference = await freeReference(tx, `${origin.id} fee`, isTest);
  await insertPosting(
    tx,
    { ...row, ...(await beginning(tx, origin)), kind: "fee", targetId: accountCode, body, reference },
    [],
  );
}
