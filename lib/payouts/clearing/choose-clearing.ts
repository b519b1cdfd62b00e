import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import type { FirmCaller, FirmContext } from "#lib/firms/authorise.ts";
import {
  type ClearingChoice,
  listClearingChoices,
  setClearingAccount,
} from "#lib/xero/organisations/clearing-account.ts";
import { getSettings } from "../store.ts";

/** The accounts where money may wait until it is paid out: all that Xero lets payments be written to, but for the payouts' bank account. */
export async function clearingChoices(
  db: Db,
  firm: FirmContext,
  connectionId: string,
): Promise<ClearingChoice[]> {
  const [choices, payouts] = await Promise.all([
    listClearingChoices(db, firm, connectionId),
    getSettings(db, connectionId),
  ]);
  return choices.filter(({ accountId }) => accountId !== payouts?.bankAccountId);
}

/**
 * Keeps where money waits. Throws AppError: `invalid` for the bank account that payouts arrive on, where a payment and its
 * payout would be the same money twice, and as `setClearingAccount` does.
 */
export async function chooseClearing(
  db: Db,
  caller: FirmCaller,
  input: { connectionId: string; accountId: string },
): Promise<{ name: string; isBank: boolean }> {
  const payouts = await getSettings(db, input.connectionId);
  if (payouts?.firmId === caller.firm.firmId && payouts.bankAccountId === input.accountId) {
    const message = `Payouts arrive on ${payouts.bankAccountName}. Money waits on the clearing account until then, so choose another account.`;
    throw new AppError("invalid", message, { field: "accountId" });
  }
  return setClearingAccount(db, caller, input);
}
