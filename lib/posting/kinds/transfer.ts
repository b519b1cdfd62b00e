import type { Db } from "#lib/core/db.ts";
import type { NewTransfer } from "#lib/xero/api/types.ts";
import { ACCOUNT } from "../causes.ts";
import { beginning, freeReference } from "../reference.ts";
import { insertPosting } from "../store.ts";
import { type Aimed, aimed, type DocumentKind } from "./kind.ts";
import type { PayoutMoney } from "./payout-money.ts";

/** A payout on its way from the clearing account to the bank; one that is negative comes from there. */
export const transfer: DocumentKind = {
  words: "Payout to the bank",
  refusals: [{ cause: "bank", says: ACCOUNT, target: true }],
  send: (xero, posting, key) => xero.createTransfer(moved(aimed(posting)), key),
  find: (xero, posting) => xero.findTransfers(posting.reference),
};

/** A payout that came back from the bank: the same money the other way. */
export const transferBack: DocumentKind = {
  ...transfer,
  words: "Payout that came back from the bank",
  send(xero, posting, key) {
    const { amountMinor, ...back } = aimed(posting);
    return xero.createTransfer(moved({ ...back, amountMinor: -amountMinor }), key);
  },
};

/** Promises a transfer of a payout from the clearing account to the bank, or, when it came back, the same the other way. */
export async function createTransferPosting(
  tx: Db,
  {
    origin,
    isTest,
    bankAccountId,
    isBack = false,
    ...row
  }: PayoutMoney & {
    bankAccountId: string;
    isBack?: boolean;
  },
): Promise<void> {
  const kind = isBack ? "transfer_back" : "transfer";
  const reference = await freeReference(tx, `${origin.id} ${kind}`, isTest);
  await insertPosting(
    tx,
    { ...row, ...(await beginning(tx, origin)), kind, targetId: bankAccountId, reference },
    [],
  );
}

/** From the clearing account to the bank, or the other way when it is less than nothing. */
function moved({ accountId, targetId, amountMinor, reference, date, currency }: Aimed): NewTransfer {
  const [fromAccountId, toAccountId] = amountMinor < 0n ? [targetId, accountId] : [accountId, targetId];
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  return { fromAccountId, toAccountId, amountMinor: size, reference, date, currency };
}
