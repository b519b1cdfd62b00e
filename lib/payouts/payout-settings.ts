import "server-only";
import { sql } from "drizzle-orm";
import { payoutSettings } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { redirectRefused } from "#lib/posting/retry.ts";
import type { XeroAccount, XeroTaxRate } from "#lib/xero/api/types.ts";
import { appErrorOf, XeroFault } from "#lib/xero/api/xero-fault.ts";
import { BANK_SCOPE } from "#lib/xero/apps/scopes.ts";
import { withXero } from "#lib/xero/call.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { wholeList } from "#lib/xero/rows/whole-list.ts";
import { postPayouts } from "./post-payouts.ts";
import { getSettings, type PayoutSettings } from "./store.ts";

export type PayoutChoices = {
  banks: { accountId: string; name: string }[];
  feeAccounts: { code: string; name: string }[];
  taxTypes: { taxType: string; name: string }[];
};

export type PayoutInput = Pick<
  PayoutSettings,
  | "connectionId"
  | "bankAccountId"
  | "feeAccountCode"
  | "feeTaxType"
  | "taxedFeeTaxType"
  | "feesPer"
  | "startsOn"
>;

/** How an organisation's payouts are written, for its settings page. */
export async function readPayoutSettings(
  db: Db,
  firm: FirmContext,
  connectionId: string,
): Promise<PayoutSettings | null> {
  requireAbility(firm, "settings");
  const settings = await getSettings(db, connectionId);
  return settings?.firmId === firm.firmId ? settings : null;
}

/** What can be chosen, read from Xero now. Throws AppError, also for a clearing account that payouts can't be written to. */
export async function listPayoutChoices(
  db: Db,
  firm: FirmContext,
  connectionId: string,
): Promise<PayoutChoices> {
  requireAbility(firm, "settings");
  return (await ask(db, firm, connectionId)).choices;
}

/** Keeps where payouts and fees are written, after asking Xero again. Throws AppError naming the field at fault. */
export async function savePayoutSettings(db: Db, caller: FirmCaller, input: PayoutInput): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const { choices, clearingAccountId } = await ask(db, firm, input.connectionId);
  const bank = choices.banks.find(({ accountId }) => accountId === input.bankAccountId);
  if (!bank) throw gone("bankAccountId", "This bank account can't be used any more. Choose another.");
  const fee = choices.feeAccounts.find(({ code }) => code === input.feeAccountCode);
  if (!fee) throw gone("feeAccountCode", "This account can't be used any more. Choose another.");
  if (!choices.taxTypes.some(({ taxType }) => taxType === input.feeTaxType))
    throw gone("feeTaxType", NO_SUCH_RATE);
  if (
    input.taxedFeeTaxType !== null &&
    !choices.taxTypes.some(({ taxType }) => taxType === input.taxedFeeTaxType)
  )
    throw gone("taxedFeeTaxType", NO_SUCH_RATE);
  const row = {
    ...input,
    firmId: firm.firmId,
    bankAccountName: bank.name,
    feeAccountName: fee.name,
    setAt: sql`now()`,
  };
  await db.transaction(async (tx) => {
    await tx
      .insert(payoutSettings)
      .values(row)
      .onConflictDoUpdate({ target: payoutSettings.connectionId, set: row });
    await redirectRefused(tx, {
      connectionId: input.connectionId,
      clearingAccountId,
      bankAccountId: bank.accountId,
      feeAccountCode: fee.code,
    });
    await recordBy(tx, caller, {
      action: "payouts.set-up",
      subject: `connection:${input.connectionId}`,
      detail: {
        bank: bank.name,
        fees: `${fee.code} ${fee.name}`,
        taxType: input.feeTaxType,
        taxedFees: input.taxedFeeTaxType,
        feesPer: input.feesPer,
        startsOn: input.startsOn,
      },
    });
  });
  await postPayouts(db);
}

const NO_SUCH_RATE = "Xero does not take this tax rate with expenses any more. Choose another.";
const gone = (field: string, message: string) => new AppError("invalid", message, { field });

async function ask(db: Db, firm: FirmContext, connectionId: string) {
  const connection = (await payConnections(db, firm.firmId)).find((one) => one.connectionId === connectionId);
  if (!connection) throw new AppError("not_found", "This organisation is not connected.");
  const { clearingAccountId, baseCurrency } = connection;
  if (!clearingAccountId) throw new AppError("conflict", "Choose the clearing account first.");
  const { accounts, taxRates } = await asked(() =>
    withXero(db, connectionId, "payer", async (xero) => {
      // Asked for nothing but its answer: without the scope it throws.
      await xero.findTransfers("CF-SCOPE");
      return { accounts: wholeList(await xero.accounts()), taxRates: wholeList(await xero.taxRates()) };
    }),
  );
  const clearing = accounts.find(({ accountId }) => accountId === clearingAccountId);
  if (clearing?.type !== "BANK") {
    throw new AppError(
      "conflict",
      `${clearing?.name ?? "The clearing account"} is not a bank account in Xero, and Xero writes fees and transfers of bank accounts only. Under Settings, Payment link, choose a clearing account of the type Bank.`,
    );
  }
  return { clearingAccountId, choices: choicesOf(accounts, taxRates, { clearingAccountId, baseCurrency }) };
}

function choicesOf(
  accounts: XeroAccount[],
  taxRates: XeroTaxRate[],
  { clearingAccountId, baseCurrency }: { clearingAccountId: string; baseCurrency: string },
): PayoutChoices {
  const active = accounts.filter(({ status, systemAccount }) => status === "ACTIVE" && !systemAccount);
  return {
    banks: active
      .filter(({ type, accountId }) => type === "BANK" && accountId !== clearingAccountId)
      .filter(({ currency }) => currency === null || currency === baseCurrency)
      .map(({ accountId, name }) => ({ accountId, name })),
    feeAccounts: active
      .flatMap(({ type, code, name }) =>
        code && ["EXPENSE", "OVERHEADS", "DIRECTCOSTS"].includes(type) ? [{ code, name }] : [],
      )
      .sort((a, b) => a.code.localeCompare(b.code)),
    taxTypes: taxRates
      .filter(({ status, appliesTo }) => status === "ACTIVE" && appliesTo.includes("expenses"))
      .map(({ taxType, name }) => ({ taxType, name })),
  };
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    if (error.fault.kind === "missing_scope") {
      throw new AppError(
        "conflict",
        `Xero did not allow this desk to write bank transactions (${BANK_SCOPE}). Add it to the Xero app's scopes, then reconnect. Payments go on as before.`,
      );
    }
    throw appErrorOf(error);
  }
}
