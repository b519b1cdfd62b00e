import type { BankTransfer } from "../../bank-model.ts";
import { accounts, bankTransactions } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, dayPair, instant, rate, type Wire } from "../../wire.ts";
import { bankAccountStub } from "../bank-transactions/wire.ts";

/** Bank transfers as Xero prints them since July 2026 (XeroAPI/Xero-OpenAPI 16.1.0); each thing around them read once. */
export function transfersToWire(scope: Scope, rows: Stored<BankTransfer>[]): Wire[] {
  const banks = accounts.among(
    scope,
    rows.flatMap(({ fromAccountId, toAccountId }) => [fromAccountId, toAccountId]),
  );
  const sides = bankTransactions.among(
    scope,
    rows.flatMap(({ fromTransactionId, toTransactionId }) => [fromTransactionId, toTransactionId]),
  );
  const bank = (id: string) => {
    const account = banks.get(id);
    return account ? bankAccountStub(account) : {};
  };
  return rows.map((transfer) => ({
    BankTransferID: transfer.id,
    CreatedDateUTCString: new Date(transfer.createdAt).toISOString().slice(0, 19),
    CreatedDateUTC: instant(transfer.createdAt),
    ...dayPair("Date", transfer.day),
    Status: transfer.status,
    FromBankAccount: bank(transfer.fromAccountId),
    ToBankAccount: bank(transfer.toAccountId),
    Amount: amount(transfer.amount),
    FromBankTransactionID: transfer.fromTransactionId,
    ToBankTransactionID: transfer.toTransactionId,
    FromIsReconciled: sides.get(transfer.fromTransactionId)?.isReconciled ?? false,
    ToIsReconciled: sides.get(transfer.toTransactionId)?.isReconciled ?? false,
    Reference: transfer.reference,
    CurrencyRate: rate(sides.get(transfer.fromTransactionId)?.rate ?? 1),
    HasAttachments: false,
    FromTracking: [],
    ToTracking: [],
    ValidationErrors: [],
  }));
}
