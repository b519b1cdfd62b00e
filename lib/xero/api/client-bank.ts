import "server-only";
import { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import type { BankTransfer } from "xero-node/dist/gen/model/accounting/bankTransfer.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import { fromDecimal } from "#lib/core/money/money.ts";
import { BANK_SCOPE as SCOPE } from "../apps/scopes.ts";
import type { Answer } from "../rows/answer.ts";
import type { ListName, Lists } from "../rows/answer-lists.ts";
import { day, isId, need, text, Unreadable } from "../rows/row-parts.ts";
import { found, isGone, written } from "../rows/write-answers.ts";
import { PAGE_SIZE, pagesOf } from "./client-read.ts";
import { byReference, dateTime, decimal } from "./client-write.ts";
import type { Send } from "./sdk.ts";
import type { Page, PostedPayment, XeroBankEntry, XeroTransfer } from "./types.ts";
import type { XeroApi } from "./xero-api.ts";

type BankCalls = Pick<
  XeroApi,
  | "createFee"
  | "findFees"
  | "createTransfer"
  | "findTransfers"
  | "bankEntries"
  | "bankEntriesLike"
  | "paymentEntries"
  | "transfers"
>;

/** What moves money on a bank account beside payments (xero-platform 3.10). Only accounts of the type BANK have it. */
export function bankCalls(tenantId: string, send: Send): BankCalls {
  return {
    async createFee({ reference, accountId, date, currency, amountMinor, fee }, idempotencyKey) {
      const [summarizeErrors, unitDecimals] = [undefined, undefined];
      const received = amountMinor < 0n;
      const transaction: BankTransaction = {
        type: received ? BankTransaction.TypeEnum.RECEIVE : BankTransaction.TypeEnum.SPEND,
        contact: { name: fee.contactName },
        bankAccount: { accountID: accountId },
        date,
        reference,
        lineAmountTypes: LineAmountTypes.Inclusive,
        lineItems: fee.lines.map(({ description, taxType, amountMinor: minor }) => ({
          description,
          quantity: 1,
          unitAmount: decimal({ minor: received ? -minor : minor, currency }),
          accountCode: fee.accountCode,
          taxType,
        })),
      };
      const answer = await send(SCOPE, "BankTransactions", (api) =>
        api.createBankTransactions(
          tenantId,
          { bankTransactions: [transaction] },
          summarizeErrors,
          unitDecimals,
          idempotencyKey,
        ),
      );
      return answer.only(written(readFee));
    },

    async findFees(reference) {
      const [since, order, page, unitDecimals] = [undefined, undefined, 1, undefined];
      const answer = await send(`${SCOPE}.read`, "BankTransactions", (api) =>
        api.getBankTransactions(tenantId, since, byReference(reference), order, page, unitDecimals, 100),
      );
      return found(answer, { reference, read: readFee });
    },

    async createTransfer({ reference, fromAccountId, toAccountId, date, currency, amountMinor }, key) {
      const transfer: BankTransfer = {
        fromBankAccount: { accountID: fromAccountId },
        toBankAccount: { accountID: toAccountId },
        amount: decimal({ minor: amountMinor, currency }),
        date,
        reference,
      };
      const answer = await send(SCOPE, "BankTransfers", (api) =>
        api.createBankTransfer(tenantId, { bankTransfers: [transfer] }, key),
      );
      return answer.only(written(readTransferId));
    },

    async findTransfers(reference) {
      const since = undefined;
      const answer = await send(`${SCOPE}.read`, "BankTransfers", (api) =>
        api.getBankTransfers(tenantId, since, byReference(reference)),
      );
      return found(answer, { reference, read: readTransferId });
    },

    async bankEntries({ accountId, currency, page, ...days }) {
      const [since, order, unitDecimals] = [undefined, "Date ASC", undefined];
      const answer = await send(`${SCOPE}.read`, "BankTransactions", (api) =>
        api.getBankTransactions(
          tenantId,
          since,
          `Status=="AUTHORISED" AND BankAccount.AccountID==guid("${onlyId(accountId)}")${dated(days)}`,
          order,
          page,
          unitDecimals,
          PAGE_SIZE,
        ),
      );
      return wholePage(page, answer, (row) => readBankEntry(row, currency));
    },

    async bankEntriesLike({ accountId, currency, minor, since: day }) {
      const [since, order, page, unitDecimals] = [undefined, undefined, 1, undefined];
      const type = minor > 0n ? "RECEIVE" : "SPEND";
      const total = decimal({ minor: minor > 0n ? minor : -minor, currency });
      const where = [
        ...[`Status=="AUTHORISED"`, `Type=="${type}"`, `BankAccount.AccountID==guid("${onlyId(accountId)}")`],
        ...[`Total==${total}`, `Date>=${dateTime(day)}`],
      ].join(" AND ");
      const answer = await send(`${SCOPE}.read`, "BankTransactions", (api) =>
        api.getBankTransactions(tenantId, since, where, order, page, unitDecimals, 100),
      );
      return answer.all((row) => readBankEntry(row, currency));
    },

    async paymentEntries({ accountId, currency, page, ...days }) {
      const since = undefined;
      const answer = await send("accounting.payments.read", "Payments", (api) =>
        api.getPayments(
          tenantId,
          since,
          `Status=="AUTHORISED" AND Account.AccountID==guid("${onlyId(accountId)}")${dated(days)}`,
          "Date ASC",
          page,
          PAGE_SIZE,
        ),
      );
      return wholePage(page, answer, (row) => readPaymentEntry(row, currency));
    },

    async transfers({ accountId, since: day }) {
      const since = undefined;
      const id = onlyId(accountId);
      const where = `(FromBankAccount.AccountID==guid("${id}") OR ToBankAccount.AccountID==guid("${id}"))${dated({ since: day, until: null })}`;
      const answer = await send(`${SCOPE}.read`, "BankTransfers", (api) =>
        api.getBankTransfers(tenantId, since, where),
      );
      return answer.all((row) => (isGone(row.status) ? [] : [readTransfer(row)])).flat();
    },
  };
}

/** From one day on and before another, where they are said. */
function dated({ since, until }: { since: string | null; until: string | null }): string {
  const from = since === null ? "" : ` AND Date>=${dateTime(since)}`;
  return until === null ? from : `${from} AND Date<${dateTime(until)}`;
}

/** A where-filter is text: only an id may go into one. */
function onlyId(accountId: string): string {
  if (!/^[\da-f-]{36}$/i.test(accountId)) throw new RangeError("Not an account's id");
  return accountId;
}

function readFee(row: BankTransaction): PostedPayment | undefined {
  if (!isId(row.bankTransactionID)) return undefined;
  return { xeroId: row.bankTransactionID, reference: row.reference ?? "", lines: [] };
}

function readTransferId(row: BankTransfer): PostedPayment | undefined {
  if (!isId(row.bankTransferID)) return undefined;
  return { xeroId: row.bankTransferID, reference: row.reference ?? "", lines: [] };
}

function readTransfer(row: BankTransfer): XeroTransfer {
  const transferId = need(row.bankTransferID, "a transfer's id");
  return {
    transferId,
    reference: text(row.reference),
    date: need(day(row.date), `the date of transfer ${transferId}`),
    isMatched: { from: row.fromIsReconciled === true, to: row.toIsReconciled === true },
    sideIds: [row.fromBankTransactionID, row.toBankTransactionID].filter(isId),
  };
}

function readBankEntry(row: BankTransaction, currency: string): XeroBankEntry {
  // An overpayment is known by its own id, also where it is paid out or taken off (xero-platform 3.9).
  const entryId = isId(row.overpaymentID)
    ? row.overpaymentID
    : need(row.bankTransactionID, "a bank transaction's id");
  const type = need(text(row.type), `the type of bank transaction ${entryId}`);
  if (row.total === undefined) throw new Unreadable(`Xero left out the total of ${entryId}`);
  const minor = fromDecimal(row.total, currency);
  return {
    entryId,
    minor: type.startsWith("RECEIVE") ? minor : -minor,
    date: need(day(row.date), `the date of ${entryId}`),
    reference: text(row.reference),
  };
}

/** Clients pay in, and are paid back; suppliers the other way round. */
const PAID_IN = ["ACCRECPAYMENT", "APCREDITPAYMENT", "APOVERPAYMENTPAYMENT", "APPREPAYMENTPAYMENT"];

function readPaymentEntry(row: Payment, currency: string): XeroBankEntry {
  const entryId = need(row.paymentID, "a payment's id");
  const amount = row.bankAmount ?? row.amount;
  if (amount === undefined) throw new Unreadable(`Xero left out the amount of ${entryId}`);
  const minor = fromDecimal(amount, currency);
  return {
    entryId,
    minor: PAID_IN.includes(String(row.paymentType)) ? minor : -minor,
    date: need(day(row.date), `the date of ${entryId}`),
    reference: text(row.reference),
  };
}

/** Of an account that is added up every row counts. */
function wholePage<L extends ListName, T>(
  page: number,
  answer: Answer<L>,
  read: (row: Lists[L]) => T,
): Page<T> {
  return { rows: answer.all(read), unreadable: [], page, pages: pagesOf(page, answer) };
}
