import "server-only";
import { eq, sql } from "drizzle-orm";
import { connections } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { appErrorOf, XeroFault } from "../api/xero-fault.ts";
import { withXero } from "../call.ts";
import { clearingRefusalInWords, refuseClearing } from "./clearing-account-rules.ts";
import { requireLive } from "./connections.ts";

export type ClearingChoice = { accountId: string; code: string | null; name: string; isBank: boolean };

/** The organisation's accounts that payments can be written to, read from Xero now: for a settings page. Throws AppError. */
export async function listClearingChoices(
  db: Db,
  firm: FirmContext,
  connectionId: string,
): Promise<ClearingChoice[]> {
  requireAbility(firm, "settings");
  const { baseCurrency } = await requireLive(db, firm, connectionId);
  const accounts = await asked(() => withXero(db, connectionId, "payer", (xero) => xero.accounts()));
  return accounts.rows
    .filter((account) => refuseClearing(account, baseCurrency) === null)
    .map(({ accountId, code, name, type }) => ({ accountId, code, name, isBank: type === "BANK" }))
    .sort((a, b) => Number(b.isBank) - Number(a.isBank) || a.name.localeCompare(b.name));
}

/** Keeps where money waits, after reading that very account from Xero again. Throws AppError naming what is wrong with it. */
export async function setClearingAccount(
  db: Db,
  caller: FirmCaller,
  { connectionId, accountId }: { connectionId: string; accountId: string },
): Promise<{ name: string; isBank: boolean }> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const { baseCurrency } = await requireLive(db, firm, connectionId);
  const account = await asked(() => withXero(db, connectionId, "payer", (xero) => xero.account(accountId)));
  const refusal = refuseClearing(account, baseCurrency);
  if (refusal) {
    throw new AppError("invalid", clearingRefusalInWords(refusal, account, baseCurrency), {
      field: "accountId",
    });
  }
  await db.transaction(async (tx) => {
    await tx
      .update(connections)
      .set({
        clearingAccountId: account.accountId,
        clearingAccountName: account.name,
        clearingCheckedAt: sql`now()`,
      })
      .where(eq(connections.id, connectionId));
    await recordBy(tx, caller, {
      action: "clearing-account.set",
      subject: `connection:${connectionId}`,
      detail: { account: account.name, code: account.code, accountId: account.accountId },
    });
  });
  return { name: account.name, isBank: account.type === "BANK" };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    if (error.fault.kind === "not_found") {
      throw new AppError("invalid", "This account is no longer in Xero. Choose another.", {
        field: "accountId",
      });
    }
    throw appErrorOf(error);
  }
}
