import "server-only";
import { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import { isId, Unreadable } from "../rows/row-parts.ts";
import { complete, isGone, written } from "../rows/write-answers.ts";
import { PAGE_SIZE, pagesOf } from "./client-read.ts";
import { dateTime, decimal } from "./client-write.ts";
import type { Send } from "./sdk.ts";
import type { PostedPayment } from "./types.ts";
import type { XeroApi } from "./xero-api.ts";

type OverpaymentCalls = Pick<XeroApi, "createOverpayment" | "findOverpayments">;

const SCOPE = "accounting.banktransactions";

/**
 * Money that no invoice takes, as a credit of its contact: a bank transaction (xero-platform 3.9). Xero keeps no Reference
 * of one, so its line's Description carries ours.
 */
export function overpaymentCalls(tenantId: string, send: Send): OverpaymentCalls {
  return {
    async createOverpayment(
      { reference, contactId, accountId, date, currency, amountMinor, words, debtorsCode },
      key,
    ) {
      const [summarizeErrors, unitDecimals] = [undefined, undefined];
      const overpayment: BankTransaction = {
        type: BankTransaction.TypeEnum.RECEIVEOVERPAYMENT,
        contact: { contactID: contactId },
        bankAccount: { accountID: accountId },
        date,
        // The SDK's enum of currencies holds strings; ISO 4217's code is one of them.
        currencyCode: currency as unknown as NonNullable<BankTransaction["currencyCode"]>,
        lineAmountTypes: LineAmountTypes.NoTax,
        lineItems: [
          {
            description: `${reference} ${words}`.slice(0, 4_000),
            quantity: 1,
            unitAmount: decimal({ minor: amountMinor, currency }),
            ...(debtorsCode ? { accountCode: debtorsCode } : {}),
          },
        ],
      };
      const answer = await send(SCOPE, "BankTransactions", (api) =>
        api.createBankTransactions(
          tenantId,
          { bankTransactions: [overpayment] },
          summarizeErrors,
          unitDecimals,
          key,
        ),
      );
      return answer.only(written((row) => read(row, reference)));
    },

    async findOverpayments(reference, since) {
      const where = `Type=="RECEIVE-OVERPAYMENT" AND Date>=${dateTime(since)}`;
      const found: PostedPayment[] = [];
      for (let page = 1; ; page += 1) {
        const answer = await send(`${SCOPE}.read`, "BankTransactions", (api) =>
          api.getBankTransactions(tenantId, undefined, where, undefined, page, undefined, PAGE_SIZE),
        );
        found.push(
          ...answer.all((row) => (isOurs(row, reference) ? [complete(read(row, reference))] : [])).flat(),
        );
        if (page >= pagesOf(page, answer)) return found;
      }
    },
  };
}

/** A live one whose line begins with the reference: without its lines nobody knows. */
function isOurs({ status, lineItems }: BankTransaction, reference: string): boolean {
  if (isGone(status)) return false;
  if (!lineItems) throw new Unreadable("Xero left out the lines of an overpayment");
  return lineItems.some(({ description }) => description?.split(" ")[0] === reference);
}

/** By the overpayment's own id, under which Xero shows its transaction too. */
function read(row: BankTransaction, reference: string): PostedPayment | undefined {
  return isId(row.overpaymentID) ? { xeroId: row.overpaymentID, reference, lines: [] } : undefined;
}
