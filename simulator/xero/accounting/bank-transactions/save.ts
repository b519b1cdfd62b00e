import type { BankTransaction } from "../../bank-model.ts";
import { type CreditDocument, type CreditKind, isDead } from "../../model.ts";
import { bankTransactions, creditBooks } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { saveCredit } from "../credits/save.ts";
import { moveStock } from "../items/stock.ts";
import { creditKindOf, isCredit, isPlain, isReceived } from "./rules.ts";

/** Stores it and notes what happened. There is no webhook for it (xero-platform.md 4). */
export function saveBankTransaction(
  scope: Scope,
  transaction: BankTransaction,
  what: "created" | "edited" | "deleted",
): Stored<BankTransaction> {
  const { id, type, bankAccountId, total, reference, status } = transaction;
  scope.world.journal.write(`xero.bank-transaction.${what}`, {
    ...{ tenantId: scope.tenantId, bankTransactionId: id, type, status },
    ...{ bankAccountId, total, reference },
  });
  const before = bankTransactions.get(scope, id);
  const trade = isReceived(transaction) ? "sold" : "bought";
  return bankTransactions.put(
    scope,
    isPlain(type) ? moveStock(scope, before, transaction, trade) : transaction,
  );
}

type Credit = { kind: CreditKind; credit: Stored<CreditDocument> };

/** The overpayment or prepayment that the bank transaction is. */
export function creditOf(scope: Scope, { type, creditId }: BankTransaction): Credit | undefined {
  if (!isCredit(type) || !creditId) return undefined;
  const kind = creditKindOf(type);
  const credit = creditBooks[kind].get(scope, creditId);
  return credit && { kind, credit };
}

/** DELETED, or VOIDED with its credit: see `isGone`. The latter only a person does, by the control API "in Xero". */
export function removeBankTransaction(
  scope: Scope,
  transaction: Stored<BankTransaction>,
): Stored<BankTransaction> {
  const made = creditOf(scope, transaction);
  if (made && !isDead(made.credit))
    saveCredit(scope, made.kind, { ...made.credit, status: "VOIDED" }, "UPDATE");
  return saveBankTransaction(scope, { ...transaction, status: made ? "VOIDED" : "DELETED" }, "deleted");
}
