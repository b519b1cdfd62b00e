import { randomUUID } from "node:crypto";
import type { BankTransaction, BankTransactionType, BankTransfer } from "../../bank-model.ts";
import type { Account } from "../../model.ts";
import { requireOrganisation } from "../../organisations.ts";
import { dayRate } from "../../rates.ts";
import { bankTransactions, bankTransfers } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { currencyOf } from "../accounts/bank.ts";
import { saveBankTransaction } from "../bank-transactions/save.ts";

type Draft = {
  from: Account;
  to: Account;
  amount: number;
  day: string;
  reference: string;
  fromIsReconciled: boolean;
  toIsReconciled: boolean;
  createdBy?: string;
};

/** The transfer with its two sides; the caller has opened the transaction. Also the control API's way to make one. */
export function makeTransfer(scope: Scope, draft: Draft): Stored<BankTransfer> {
  const { from, to, amount, day, reference, createdBy } = draft;
  const id = randomUUID();
  const spent = side(scope, draft, { id, account: from, type: "SPEND-TRANSFER" });
  const received = side(scope, draft, { id, account: to, type: "RECEIVE-TRANSFER" });
  const transfer: BankTransfer = {
    ...{ id, status: "AUTHORISED", fromAccountId: from.id, toAccountId: to.id },
    ...{ fromTransactionId: spent.id, toTransactionId: received.id, day, amount, reference },
    createdAt: scope.world.clock.now(),
    ...(createdBy && { createdBy }),
  };
  return save(scope, transfer, "created");
}

type Side = { id: string; account: Account; type: BankTransactionType };

function side(scope: Scope, draft: Draft, { id, account, type }: Side): Stored<BankTransaction> {
  const { amount: total, day, fromIsReconciled, toIsReconciled, createdBy } = draft;
  const { baseCurrency } = requireOrganisation(scope);
  const currency = currencyOf(account, baseCurrency);
  const transaction: BankTransaction = {
    ...{ id: randomUUID(), type, status: "AUTHORISED", bankAccountId: account.id, day, reference: "" },
    ...{ lineAmountType: "NoTax", lines: [], subTotal: total, totalTax: 0, total },
    currency,
    rate: dayRate(scope, currency, baseCurrency) ?? 1,
    isReconciled: type === "SPEND-TRANSFER" ? fromIsReconciled : toIsReconciled,
    transferId: id,
    ...(createdBy && { createdBy }),
  };
  return saveBankTransaction(scope, transaction, "created");
}

/** What is at each of its bank accounts. */
export function sidesOf(
  scope: Scope,
  { fromTransactionId, toTransactionId }: BankTransfer,
): { from: Stored<BankTransaction>; to: Stored<BankTransaction> } {
  const from = bankTransactions.get(scope, fromTransactionId);
  const to = bankTransactions.get(scope, toTransactionId);
  if (!from || !to) throw new Error("A bank transfer has lost one of its sides");
  return { from, to };
}

/** Both sides go with it. Also the control API's removal "in Xero". */
export function removeTransfer(scope: Scope, transfer: Stored<BankTransfer>): Stored<BankTransfer> {
  const { from, to } = sidesOf(scope, transfer);
  for (const one of [from, to]) saveBankTransaction(scope, { ...one, status: "DELETED" }, "deleted");
  return save(scope, { ...transfer, status: "DELETED" }, "deleted");
}

function save(scope: Scope, transfer: BankTransfer, what: "created" | "deleted"): Stored<BankTransfer> {
  const { id, fromAccountId, toAccountId, amount, reference } = transfer;
  scope.world.journal.write(`xero.bank-transfer.${what}`, {
    ...{ tenantId: scope.tenantId, bankTransferId: id, fromAccountId, toAccountId, amount, reference },
  });
  return bankTransfers.put(scope, transfer);
}
