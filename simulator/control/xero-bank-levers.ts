/** What a person in Xero does with bank transactions, transfers and what is matched with the bank's lines. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { currencyOf } from "../xero/accounting/accounts/bank.ts";
import {
  creditOf,
  removeBankTransaction,
  saveBankTransaction,
} from "../xero/accounting/bank-transactions/save.ts";
import { faultsOfPair } from "../xero/accounting/bank-transfers/create.ts";
import { makeTransfer, removeTransfer, sidesOf } from "../xero/accounting/bank-transfers/save.ts";
import { saveBatch } from "../xero/accounting/payments/save.ts";
import type { BankTransaction } from "../xero/bank-model.ts";
import { type Account, isUsed, type Line } from "../xero/model.ts";
import { requireOrganisation } from "../xero/organisations.ts";
import { dayRate } from "../xero/rates.ts";
import { bankTransactions, bankTransfers, batchPayments, contacts, payments } from "../xero/store/books.ts";
import type { Scope } from "../xero/store/rows.ts";
import { NotAllowed } from "./input.ts";
import { accountNamed, found, lever, money, standing, today } from "./lever.ts";

const tenantId = z.string();
const bankTransactionId = z.string();
const bankTransferId = z.string();

const reconcile = z.object({
  tenantId,
  paymentId: z.string().optional(),
  batchPaymentId: z.string().optional(),
  bankTransactionId: bankTransactionId.optional(),
  bankTransferId: bankTransferId.optional(),
  isReconciled: z.boolean().default(true),
});
const handWritten = z.object({
  tenantId,
  type: z.enum(["SPEND", "RECEIVE"]),
  /** Ids or codes. */
  bankAccount: z.string(),
  account: z.string(),
  amount: money,
  contactId: z.string(),
  reference: z.string().default(""),
  description: z.string().default("By hand"),
  date: z.iso.date().optional(),
});
const recoded = z.object({
  tenantId,
  bankTransactionId,
  account: z.string().optional(),
  bankAccount: z.string().optional(),
  date: z.iso.date().optional(),
});
const moved = z.object({
  tenantId,
  from: z.string(),
  to: z.string(),
  amount: money,
  reference: z.string().default(""),
  date: z.iso.date().optional(),
});

export const bankLeverRoutes: Route[] = [
  lever("reconcile", reconcile, (scope, { isReconciled, ...named }) => {
    if (named.paymentId) {
      const payment = found(payments.get(scope, named.paymentId), "payment");
      return payments.put(scope, { ...payment, isReconciled });
    }
    if (named.batchPaymentId) return reconcileBatch(scope, named.batchPaymentId, isReconciled);
    if (named.bankTransactionId) {
      const transaction = found(bankTransactions.get(scope, named.bankTransactionId), "bank transaction");
      return saveBankTransaction(scope, { ...transaction, isReconciled }, "edited");
    }
    const transfer = found(bankTransfers.get(scope, named.bankTransferId ?? ""), "document");
    const { from, to } = sidesOf(scope, transfer);
    for (const side of [from, to]) saveBankTransaction(scope, { ...side, isReconciled }, "edited");
    return bankTransfers.put(scope, transfer);
  }),
  lever("bank-transaction", handWritten, (scope, { amount, date, reference, type, ...named }) => {
    const bank = bankNamed(scope, named.bankAccount);
    const line: Line = {
      ...{ id: crypto.randomUUID(), description: named.description, quantity: 10_000 },
      ...{ unitAmount: amount * 100, lineAmount: amount, taxType: "NONE", taxAmount: 0 },
    };
    const { baseCurrency } = requireOrganisation(scope);
    const currency = currencyOf(bank, baseCurrency);
    const transaction: BankTransaction = {
      id: crypto.randomUUID(),
      ...{ type, reference, status: "AUTHORISED", bankAccountId: bank.id },
      contactId: found(contacts.get(scope, named.contactId), "contact").id,
      day: date ?? today(scope),
      ...{
        lineAmountType: "NoTax",
        lines: [onAccount(line, accountNamed(scope, named.account))],
        subTotal: amount,
        totalTax: 0,
        total: amount,
      },
      ...{ currency, rate: dayRate(scope, currency, baseCurrency) ?? 1, isReconciled: false },
    };
    return saveBankTransaction(scope, transaction, "created");
  }),
  lever(
    "recode-bank-transaction",
    recoded,
    (scope, { bankTransactionId: id, account, bankAccount, date }) => {
      const before = standing(bankTransactions.get(scope, id), "bank transaction");
      const to = account === undefined ? undefined : accountNamed(scope, account);
      const lines = to ? before.lines.map((line) => onAccount(line, to)) : before.lines;
      const bankAccountId = bankAccount ? bankNamed(scope, bankAccount).id : before.bankAccountId;
      const day = date ?? before.day;
      return saveBankTransaction(scope, { ...before, lines, bankAccountId, day }, "edited");
    },
  ),
  lever("remove-bank-transaction", z.object({ tenantId, bankTransactionId }), (scope, named) => {
    const transaction = standing(bankTransactions.get(scope, named.bankTransactionId), "bank transaction");
    if (transaction.transferId) throw new NotAllowed("It is a side of a transfer: remove that");
    const made = creditOf(scope, transaction);
    if (made && isUsed(made.credit)) throw new NotAllowed("It is set against an invoice or paid back");
    return removeBankTransaction(scope, transaction);
  }),
  lever("bank-transfer", moved, (scope, { amount, reference, date, ...named }) => {
    const [from, to] = [bankNamed(scope, named.from), bankNamed(scope, named.to)];
    const faults = faultsOfPair(from, to, requireOrganisation(scope).baseCurrency);
    if (faults.length > 0) throw new NotAllowed(faults.join(" "));
    const day = date ?? today(scope);
    const open = { fromIsReconciled: false, toIsReconciled: false };
    return makeTransfer(scope, { from, to, amount, day, reference, ...open });
  }),
  lever("remove-bank-transfer", z.object({ tenantId, bankTransferId }), (scope, named) =>
    removeTransfer(scope, standing(bankTransfers.get(scope, named.bankTransferId), "bank transfer")),
  ),
];

/** A batch is one line at the bank: its payments are matched with it. */
function reconcileBatch(scope: Scope, id: string, isReconciled: boolean) {
  const batch = found(batchPayments.get(scope, id), "batch payment");
  for (const payment of payments.among(scope, batch.paymentIds).values())
    payments.put(scope, { ...payment, isReconciled });
  return saveBatch(scope, { ...batch, isReconciled }, "reconciled");
}

function bankNamed(scope: Scope, idOrCode: string): Account {
  const account = accountNamed(scope, idOrCode);
  if (account.type !== "BANK") throw new NotAllowed("That is no bank account");
  return account;
}

/** The same amounts, coded to that account. */
const onAccount = (line: Line, { id }: Account): Line => ({ ...line, accountId: id });
