/** What stands on an account by Xero's own books: every document that moved money there, and their sum. */
import type { BankTransaction } from "./bank-model.ts";
import {
  type Account,
  type CreditDocument,
  type Invoice,
  isSalesCredit,
  type Line,
  type LineAmountType,
  type Payment,
} from "./model.ts";
import { toBase } from "./rates.ts";
import { accounts, bankTransactions, creditBooks, invoices, payments } from "./store/books.ts";
import type { Condition, Scope } from "./store/rows.ts";

/** Minor units of the account's currency: a debit, money in, is positive. */
export type Entry = {
  kind: "payment" | "bank-transaction" | "line";
  id: string;
  day: string;
  amount: number;
  reference: string;
  type: string;
  isReconciled: boolean;
};

/** Control accounts (debtors, creditors, tax, exchange gains) have no entries here. Undefined without the account. */
export function accountBalance(
  scope: Scope,
  accountId: string,
): { account: Account; balance: number; entries: Entry[] } | undefined {
  const account = accounts.get(scope, accountId);
  if (!account) return undefined;
  const entries = [
    ...payments.list(scope, { where: inUse("data ->> '$.accountId' = ?", accountId) }).map(ofPayment),
    ...bankTransactions.list(scope, { where: inUse("label = ?", accountId) }).map(ofBankTransaction),
    ...linesOn(scope, accountId),
  ];
  entries.sort((one, other) => one.day.localeCompare(other.day));
  return { account, balance: entries.reduce((sum, { amount }) => sum + amount, 0), entries };
}

const inUse = (text: string, accountId: string): Condition => ({
  text: `status in ('AUTHORISED', 'PAID') and ${text}`,
  values: [accountId],
});

/** Customers pay in, and are paid back; suppliers the other way round. */
const payIn = new Set([
  ...["ACCRECPAYMENT", "APCREDITPAYMENT", "APOVERPAYMENTPAYMENT", "APPREPAYMENTPAYMENT"],
]);

function ofPayment({ id, day, type, bankAmount, reference, isReconciled }: Payment): Entry {
  const amount = payIn.has(type) ? bankAmount : -bankAmount;
  return { kind: "payment", id, day, amount, reference, type, isReconciled };
}

const isReceived = ({ type }: BankTransaction) => type.startsWith("RECEIVE");

function ofBankTransaction(transaction: BankTransaction): Entry {
  const { id, day, total, bankAmount = total, reference, type, isReconciled } = transaction;
  const amount = isReceived(transaction) ? bankAmount : -bankAmount;
  return { kind: "bank-transaction", id, day, amount, reference, type, isReconciled };
}

/** Lines that documents have on the account, net of tax and in the base currency. */
function linesOn(scope: Scope, accountId: string): Entry[] {
  const where = inUse(
    "exists (select 1 from json_each(data, '$.lines') where value ->> 'accountId' = ?)",
    accountId,
  );
  const entryOf = (document: Coded, isDebit: boolean): Entry => ({
    ...{ kind: "line", id: document.id, day: document.day, reference: document.reference },
    ...{ type: document.type, isReconciled: false },
    amount: (isDebit ? 1 : -1) * toBase(netOf(document, accountId), document.rate),
  });
  return [
    ...bankTransactions.list(scope, { where }).map((one) => entryOf(one, !isReceived(one))),
    ...invoices.list(scope, { where }).map((one) => entryOf(one, one.type === "ACCPAY")),
    ...creditBooks["credit-note"].list(scope, { where }).map((one) => entryOf(one, isSalesCredit(one))),
  ];
}

type Coded = Pick<
  Invoice | CreditDocument | BankTransaction,
  "id" | "day" | "reference" | "rate" | "type" | "lines" | "lineAmountType"
>;

function netOf({ lines, lineAmountType }: { lines: Line[]; lineAmountType: LineAmountType }, id: string) {
  return lines
    .filter(({ accountId }) => accountId === id)
    .reduce((sum, { lineAmount, taxAmount }) => {
      return sum + lineAmount - (lineAmountType === "Inclusive" ? taxAmount : 0);
    }, 0);
}
