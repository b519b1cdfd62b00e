/** Create and update of bank transactions (xero-platform.md 3.9, 3.10). */
import { randomUUID } from "node:crypto";
import { type BankTransaction, type BankTransactionType, bankTransactionTypes } from "../../bank-model.ts";
import { child, children, type Folded, flag, text, units, word } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import { type Account, type Line, lineAmountTypes } from "../../model.ts";
import { dayRate, documentRate, fromBase, toBase } from "../../rates.ts";
import { accounts, items } from "../../store/books.ts";
import { isTracked } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { currencyOf, faultsOfBankAccount } from "../accounts/bank.ts";
import { namedAccount } from "../accounts/find.ts";
import { resolveContact } from "../contacts/write.ts";
import { saveCredit } from "../credits/save.ts";
import { unitDecimals } from "../invoices/find.ts";
import { linesOf, readLine, totals } from "../invoices/lines.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { demand } from "../write.ts";
import { keepsReference } from "./reference.ts";
import {
  creditKindOf,
  faultsOfTax,
  faultsOfType,
  isCredit,
  isGone,
  isOverpayment,
  isPlain,
  isReceived,
  refuseDeletion,
  refuseEdit,
} from "./rules.ts";
import { removeBankTransaction, saveBankTransaction } from "./save.ts";

export function createBankTransaction(call: Call, body: Folded): Stored<BankTransaction> {
  const sentType = word(body, "Type", bankTransactionTypes);
  demand(faultsOfType(sentType));
  const type = sentType ?? "SPEND";
  const status = text(body, "Status")?.toUpperCase() ?? "AUTHORISED";
  demand(status === "AUTHORISED" ? [] : ["Bank transaction not of valid status for creation"]);
  const before: BankTransaction = {
    id: randomUUID(),
    type,
    status: "AUTHORISED",
    bankAccountId: "",
    contactId: resolveContact(call, child(body, "Contact")).id,
    day: dayIn(call.organisation.timezone, call.world.clock.now()),
    reference: "",
    lineAmountType: isOverpayment(type) ? "NoTax" : "Inclusive",
    lines: [],
    ...{ subTotal: 0, totalTax: 0, total: 0 },
    currency: call.organisation.baseCurrency,
    rate: 1,
    isReconciled: flag(body, "IsReconciled") ?? false,
    createdBy: call.clientId,
  };
  const transaction = edit(call, before, body);
  const creditId = makeCredit(call, transaction);
  return saveBankTransaction(call, { ...transaction, ...(creditId && { creditId }) }, "created");
}

/** A status of DELETED deletes it, and nothing else of the body counts; VOIDED is none that the API sets. */
export function updateBankTransaction(
  call: Call,
  before: Stored<BankTransaction>,
  body: Folded,
): Stored<BankTransaction> {
  const status = text(body, "Status")?.toUpperCase() ?? before.status;
  if (status === "DELETED" && !isGone(before)) {
    const refused = refuseDeletion(before, call.organisation);
    demand(refused ? [refused] : []);
    return removeBankTransaction(call, before);
  }
  const refused = refuseEdit(before);
  demand(refused ? [refused] : []);
  demand(status === before.status ? [] : ["Bank transaction not of valid status for modification"]);
  const contact = child(body, "Contact");
  const contactId = contact ? resolveContact(call, contact).id : before.contactId;
  const isReconciled = flag(body, "IsReconciled") ?? before.isReconciled;
  const after = edit(call, { ...before, ...(contactId && { contactId }), isReconciled }, body);
  return saveBankTransaction(call, after, "edited");
}

/** Lays the body's properties over the transaction, and says at once everything that is wrong. */
function edit(call: Call, before: BankTransaction, body: Folded): BankTransaction {
  const { type } = before;
  const { account, named } = bankAccountOf(call, before, body);
  const lineAmountType = word(body, "LineAmountTypes", lineAmountTypes) ?? before.lineAmountType;
  const onlyAccount = ledgerOf(call, type);
  const options = {
    ...{ type: lineAmountType, unitDecimals: unitDecimals(call), isDraft: false, before: before.lines },
    ...{ takesDiscounts: false, takesText: false },
    ...{ isSale: isReceived(before), movesStock: true },
  };
  const read = children(body, "LineItems")?.map((line) =>
    readLine(call, line, { ...options, ...(onlyAccount && { onlyAccount }) }),
  );
  const lines = linesOf(call, read, before.lines);
  const { baseCurrency } = call.organisation;
  const currency = currencyFor(call, { type, account, before }, body);
  const today = dayRate(call, currency, baseCurrency);
  const sent = text(body, "Date");
  const day = sent ? parseDay(sent) : before.day;
  const url = text(body, "Url");
  const after: BankTransaction = {
    ...before,
    bankAccountId: account?.id ?? before.bankAccountId,
    day: day ?? before.day,
    reference: keepsReference(call.world, type) ? (text(body, "Reference") ?? before.reference) : "",
    lineAmountType,
    lines,
    ...totals(lines, lineAmountType),
    currency,
    rate: documentRate(before, currency, {
      today: today ?? 1,
      given: givenRate(body, currency, baseCurrency),
    }),
    ...(url && { url }),
  };
  const locked = refuseLocked(call.organisation, after.day) ?? refuseLocked(call.organisation, before.day);
  demand([
    ...faultsOfBankAccount({ account, named }, "BankAccount"),
    ...(read?.flatMap(({ faults }) => faults) ?? []),
    ...faultsOfTax(type, lineAmountType),
    ...(isPlain(type) ? [] : faultsOfTracked(call, lines)),
    ...(account && isOverpayment(type) ? faultsOfCurrency(account, currency, baseCurrency) : []),
    ...(day ? [] : ["Date is not a valid date"]),
    ...(today === undefined ? [`Organisation is not subscribed to currency ${currency}`] : []),
    ...(locked ? [locked] : []),
    ...(lines.length > 0 ? faultsOfLines(type, after) : ["One or more line items must be specified"]),
  ]);
  return { ...after, ...(account && atBank(call, after, account)) };
}

function bankAccountOf(call: Call, { bankAccountId }: BankTransaction, body: Folded) {
  const sent = child(body, "BankAccount");
  if (sent) return namedAccount(call, sent);
  return { account: accounts.get(call, bankAccountId), named: bankAccountId };
}

/** An overpayment's line is on the account of its debtors or creditors, whether it says so or not. */
function ledgerOf(call: Call, type: BankTransactionType): Account | undefined {
  if (!isOverpayment(type)) return undefined;
  const systemAccount = isReceived({ type }) ? "DEBTORS" : "CREDITORS";
  return accounts.list(call).find((account) => account.systemAccount === systemAccount);
}

/** A rate is only for money that isn't the base currency. */
function givenRate(body: Folded, currency: string, baseCurrency: string): number | undefined {
  return currency === baseCurrency ? undefined : units(body, "CurrencyRate", 10);
}

type Money = { type: BankTransactionType; account: Account | undefined; before: BankTransaction };

/** DOC banktransactions: "Setting currency is only supported on overpayments", which are in the base currency otherwise. */
function currencyFor(call: Call, { type, account, before }: Money, body: Folded): string {
  const { baseCurrency } = call.organisation;
  if (isOverpayment(type)) return text(body, "CurrencyCode")?.toUpperCase() ?? baseCurrency;
  return account ? currencyOf(account, baseCurrency) : before.currency;
}

/** As with payments: one of the two is the base currency, or both are the same (?). */
function faultsOfCurrency(account: Account, currency: string, baseCurrency: string): string[] {
  const bank = currencyOf(account, baseCurrency);
  const isThird = bank !== currency && bank !== baseCurrency && currency !== baseCurrency;
  return isThird ? [`The currency of the bank account is ${bank}, not ${currency}`] : [];
}

/** What the bank account gets where that is another amount: by the document's rate, or the day's of the account. */
function atBank(
  call: Call,
  { currency, total, rate }: BankTransaction,
  account: Account,
): { bankAmount?: number } {
  const { baseCurrency } = call.organisation;
  const bank = currencyOf(account, baseCurrency);
  if (bank === currency) return {};
  if (bank === baseCurrency) return { bankAmount: toBase(total, rate) };
  return { bankAmount: fromBase(total, dayRate(call, bank, baseCurrency) ?? 1) };
}

/**
 * DOC banktransactions: "Quantity must be > 0", "unit amount must not equal 0. Line item amounts may be negative, but the
 * total value for the document must be positive", "Overpayments can only have a single line item". The words are ours (?).
 */
function faultsOfLines(type: BankTransactionType, { lines, total }: BankTransaction): string[] {
  return [
    ...(isOverpayment(type) && lines.length > 1 ? ["Overpayments can only have a single line item"] : []),
    ...(lines.some(({ quantity }) => quantity <= 0) ? ["Quantity must be greater than 0"] : []),
    ...(lines.some(({ unitAmount }) => unitAmount === 0) ? ["Unit amount must not equal 0"] : []),
    ...(total > 0 ? [] : ["The total amount must be positive"]),
  ];
}

/** Xero names spent and received money alone; what prepaid stock does is in no source. The words are ours. */
function faultsOfTracked(scope: Scope, lines: Line[]): string[] {
  return lines
    .flatMap(({ itemId = "" }) => items.get(scope, itemId) ?? [])
    .filter(isTracked)
    .map(({ code }) => `Item '${code}' is tracked, and this simulator moves no stock by a prepayment`);
}

/** The overpayment or prepayment that the money is, with an id of its own. */
function makeCredit(call: Call, transaction: BankTransaction): string | undefined {
  const { type, contactId, day, reference, lineAmountType, lines, currency, rate } = transaction;
  if (!isCredit(type) || !contactId) return undefined;
  const kind = creditKindOf(type);
  const { subTotal, totalTax, total } = transaction;
  const credit = {
    ...{ id: randomUUID(), type, number: "", status: "AUTHORISED" as const },
    ...{ contactId, day, reference, lineAmountType, lines, currency, rate },
    ...{ subTotal, totalTax, total, allocations: [], bankTransactionId: transaction.id },
  };
  return saveCredit(call, kind, credit, "CREATE").id;
}
