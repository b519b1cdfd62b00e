import "server-only";
import { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { Send } from "./client.ts";
import { confirmRemoval, dateTime, decimal, stands, written } from "./client-write.ts";
import { isId, Unreadable } from "./row-parts.ts";
import type { PostedPayment, XeroApi } from "./types.ts";

type OverpaymentCalls = Pick<
  XeroApi,
  "createOverpayment" | "findOverpayments" | "deleteOverpayment" | "isOverpaymentThere"
>;

const PAGE = 1_000;
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
      const body = await send(SCOPE, (api) =>
        api.createBankTransactions(
          tenantId,
          { bankTransactions: [overpayment] },
          summarizeErrors,
          unitDecimals,
          key,
        ),
      );
      return written(body.bankTransactions?.[0], (row) => read(row, reference));
    },

    async findOverpayments(reference, since) {
      const where = `Type=="RECEIVE-OVERPAYMENT" AND Date>=${dateTime(since)}`;
      const found: PostedPayment[] = [];
      for (let page = 1; ; page += 1) {
        const body = await send(`${SCOPE}.read`, (api) =>
          api.getBankTransactions(tenantId, undefined, where, undefined, page, undefined, PAGE),
        );
        const rows = body.bankTransactions ?? [];
        for (const row of rows) {
          if (String(row.status) === "DELETED" || !carries(row, reference)) continue;
          const posted = read(row, reference);
          if (!posted) throw new Unreadable("Xero left out an id of an overpayment");
          found.push(posted);
        }
        if (rows.length < PAGE) return found;
      }
    },

    async deleteOverpayment(xeroId, key) {
      const change = { status: BankTransaction.StatusEnum.DELETED } as BankTransaction;
      const body = await send(SCOPE, (api) =>
        api.updateBankTransaction(tenantId, xeroId, { bankTransactions: [change] }, undefined, key),
      );
      confirmRemoval(body.bankTransactions);
    },

    async isOverpaymentThere(xeroId) {
      const body = await send(`${SCOPE}.read`, (api) => api.getBankTransaction(tenantId, xeroId));
      return stands(body.bankTransactions, "DELETED");
    },
  };
}

function carries(row: BankTransaction, reference: string): boolean {
  return (row.lineItems ?? []).some(({ description }) => description?.split(" ")[0] === reference);
}

/** By the overpayment's own id, under which Xero shows its transaction too. */
function read(row: BankTransaction, reference: string): PostedPayment | undefined {
  return isId(row.overpaymentID) ? { xeroId: row.overpaymentID, reference, lines: [] } : undefined;
}
