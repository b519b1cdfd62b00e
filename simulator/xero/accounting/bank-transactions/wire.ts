import type { BankTransaction } from "../../bank-model.ts";
import type { Account, Contact } from "../../model.ts";
import { accounts, contacts } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, dayPair, rate, updated, type Wire } from "../../wire.ts";
import { contactStub } from "../contacts/wire.ts";
import { type ShowLines, showLines } from "../invoices/lines-wire.ts";
import { creditKindOf, isCredit } from "./rules.ts";

type Around = {
  account: Account | undefined;
  contact: Contact | undefined;
  unitDecimals: 2 | 4 | "no lines";
  showLines: ShowLines;
};

function bankTransactionToWire(transaction: Stored<BankTransaction>, around: Around): Wire {
  const { type, creditId, reference, url } = transaction;
  const { account, contact, unitDecimals } = around;
  const kind = isCredit(type) ? creditKindOf(type) : undefined;
  return {
    BankTransactionID: transaction.id,
    BankAccount: account ? bankAccountStub(account) : {},
    Type: type,
    ...(!type.endsWith("TRANSFER") && { Reference: reference }),
    ...(url && { Url: url }),
    IsReconciled: transaction.isReconciled,
    ...(kind === "overpayment" && { OverpaymentID: creditId }),
    ...(kind === "prepayment" && { PrepaymentID: creditId }),
    CurrencyRate: rate(transaction.rate),
    HasAttachments: false,
    ...(contact && { Contact: contactStub(contact) }),
    ...dayPair("Date", transaction.day),
    Status: transaction.status,
    LineAmountTypes: transaction.lineAmountType,
    LineItems: unitDecimals === "no lines" ? [] : around.showLines(transaction, unitDecimals),
    SubTotal: amount(transaction.subTotal),
    TotalTax: amount(transaction.totalTax),
    Total: amount(transaction.total),
    ...updated(transaction.updatedAt),
    CurrencyCode: transaction.currency,
  };
}

/** How a bank account looks inside another object. */
export const bankAccountStub = ({ id, code, name }: Account): Wire => ({
  AccountID: id,
  ...(code && { Code: code }),
  Name: name,
});

/** Many at once, what is around them read once. */
export function bankTransactionsToWire(
  scope: Scope,
  rows: Stored<BankTransaction>[],
  unitDecimals: Around["unitDecimals"],
): Wire[] {
  const banks = accounts.among(
    scope,
    rows.map(({ bankAccountId }) => bankAccountId),
  );
  const parties = contacts.among(
    scope,
    rows.flatMap(({ contactId }) => contactId ?? []),
  );
  const show = showLines(scope);
  return rows.map((row) =>
    bankTransactionToWire(row, {
      account: banks.get(row.bankAccountId),
      contact: row.contactId ? parties.get(row.contactId) : undefined,
      unitDecimals,
      showLines: show,
    }),
  );
}
