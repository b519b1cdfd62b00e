import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, type Origin } from "./reference.ts";
import { insertPosting } from "./store.ts";

/** What a fee says in Xero beside its amount and account. */
export const feeBody = z.strictObject({
  contactName: z.string(),
  description: z.string(),
  taxType: z.string(),
  /** So much of it, tax included, is on a line of its own, with this tax. */
  taxed: z.strictObject({ amount: z.string().regex(/^-?\d+$/), taxType: z.string() }).optional(),
});

/** The lines of a fee: what carries tax apart from what does not. */
export function feeLines({ description, taxType, taxed }: z.infer<typeof feeBody>, amountMinor: bigint) {
  const taxedMinor = BigInt(taxed?.amount ?? "0");
  return [
    { description, taxType, amountMinor: amountMinor - taxedMinor },
    ...(taxed
      ? [{ description: `${description}, with tax`, taxType: taxed.taxType, amountMinor: taxedMinor }]
      : []),
  ].filter((line) => line.amountMinor !== 0n);
}

type Money = {
  firmId: string;
  connectionId: string;
  /** The clearing account. */
  accountId: string;
  currency: string;
  date: string;
  /** What leaves the clearing account; less than nothing comes in. */
  amountMinor: bigint;
  /** The payout, or the part of it that a fee is of. */
  sourceId: string;
  origin: Origin;
  isTest: boolean;
};

/** Promises that what the processor kept will be in Xero once, as money spent from the clearing account. */
export async function createFeePosting(
  tx: Db,
  { accountCode, body, ...fee }: Money & { accountCode: string; body: z.infer<typeof feeBody> },
): Promise<void> {
  await insert(tx, { ...fee, kind: "fee", targetId: accountCode, body });
}

/** Promises a transfer of a payout from the clearing account to the bank, or, when it came back, the same the other way. */
export async function createTransferPosting(
  tx: Db,
  { bankAccountId, isBack = false, ...transfer }: Money & { bankAccountId: string; isBack?: boolean },
): Promise<void> {
  await insert(tx, { ...transfer, kind: isBack ? "transfer_back" : "transfer", targetId: bankAccountId });
}

type Row = Money & { kind: "fee" | "transfer" | "transfer_back"; targetId: string; body?: object };

async function insert(tx: Db, { origin, isTest, ...row }: Row): Promise<void> {
  const reference = await freeReference(tx, `${origin.id} ${row.kind}`, isTest);
  await insertPosting(tx, { ...row, ...(await beginning(tx, origin)), reference }, []);
}
