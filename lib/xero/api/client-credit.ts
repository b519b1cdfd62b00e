import "server-only";
import { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import {
  readAllocation,
  readAllocationsOf,
  readCreditRefund,
  readInvoiceInLines,
  readWrittenCreditNote,
} from "../rows/credit-rows.ts";
import { found, removed, stands, written } from "../rows/write-answers.ts";
import { byReference, decimal } from "./client-write.ts";
import type { Send } from "./sdk.ts";
import type { XeroApi } from "./xero-api.ts";

type CreditCalls = Pick<
  XeroApi,
  | "invoiceInLines"
  | "createCreditNote"
  | "createCreditRefund"
  | "findCreditNotes"
  | "findCreditRefunds"
  | "endCreditNote"
  | "isCreditNoteThere"
  | "createAllocation"
  | "findAllocations"
>;

/** How money goes back in the books: a credit note, and its payment to the client (xero-platform 3.7, 3.9). */
export function creditCalls(tenantId: string, send: Send): CreditCalls {
  return {
    async invoiceInLines(invoiceId, currency) {
      const answer = await send("accounting.invoices.read", "Invoices", (api) =>
        api.getInvoice(tenantId, invoiceId),
      );
      return answer.one(invoiceId, (row) => readInvoiceInLines(row, currency));
    },

    async createCreditNote({ reference, contactId, date, currency, lines }, idempotencyKey) {
      const [summarizeErrors, unitDecimals] = [undefined, undefined];
      const creditNote: CreditNote = {
        type: CreditNote.TypeEnum.ACCRECCREDIT,
        status: CreditNote.StatusEnum.AUTHORISED,
        contact: { contactID: contactId },
        date,
        // The SDK's enum of currencies holds strings; ISO 4217's code is one of them.
        currencyCode: currency as unknown as NonNullable<CreditNote["currencyCode"]>,
        reference,
        lineAmountTypes: LineAmountTypes.Inclusive,
        lineItems: lines.map(({ description, accountCode, taxType, grossMinor }) => ({
          description,
          quantity: 1,
          unitAmount: decimal({ minor: grossMinor, currency }),
          ...(accountCode ? { accountCode } : {}),
          ...(taxType ? { taxType } : {}),
        })),
      };
      const answer = await send("accounting.invoices", "CreditNotes", (api) =>
        api.createCreditNotes(
          tenantId,
          { creditNotes: [creditNote] },
          summarizeErrors,
          unitDecimals,
          idempotencyKey,
        ),
      );
      return answer.only(written(readWrittenCreditNote));
    },

    async createCreditRefund({ credit, accountId, date, currency, amountMinor, reference }, key) {
      const answer = await send("accounting.payments", "Payments", (api) =>
        api.createPayment(
          tenantId,
          {
            ...(credit.of === "overpayment"
              ? { overpayment: { overpaymentID: credit.id } }
              : { creditNote: { creditNoteID: credit.id } }),
            account: { accountID: accountId },
            date,
            amount: decimal({ minor: amountMinor, currency }),
            reference,
          },
          key,
        ),
      );
      return answer.only(written(readCreditRefund));
    },

    async findCreditNotes(reference) {
      const [since, order, page, unitDecimals, pageSize] = [undefined, undefined, 1, undefined, 100];
      const answer = await send("accounting.invoices.read", "CreditNotes", (api) =>
        api.getCreditNotes(tenantId, since, byReference(reference), order, page, unitDecimals, pageSize),
      );
      return found(answer, { reference, read: readWrittenCreditNote });
    },

    async endCreditNote(creditNoteId, status, idempotencyKey) {
      const creditNote = { creditNoteID: creditNoteId, status: CreditNote.StatusEnum[status] };
      const answer = await send("accounting.invoices", "CreditNotes", (api) =>
        api.updateCreditNote(
          tenantId,
          creditNoteId,
          { creditNotes: [creditNote] },
          undefined,
          idempotencyKey,
        ),
      );
      answer.one(creditNoteId, removed);
    },

    async isCreditNoteThere(creditNoteId) {
      const answer = await send("accounting.invoices.read", "CreditNotes", (api) =>
        api.getCreditNote(tenantId, creditNoteId),
      );
      return answer.one(creditNoteId, stands);
    },

    async createAllocation({ creditNoteId, currency, date, ...allocated }, idempotencyKey) {
      const summarizeErrors = undefined;
      const { invoiceId, amountMinor: minor } = allocated;
      const allocation = { amount: decimal({ minor, currency }), date, invoice: { invoiceID: invoiceId } };
      const answer = await send("accounting.invoices", "Allocations", (api) =>
        api.createCreditNoteAllocation(
          tenantId,
          creditNoteId,
          { allocations: [allocation] },
          summarizeErrors,
          idempotencyKey,
        ),
      );
      return answer.only(written((row) => readAllocation(row, allocated)));
    },

    async findAllocations({ creditNoteId, ...allocated }) {
      const answer = await send("accounting.invoices.read", "CreditNotes", (api) =>
        api.getCreditNote(tenantId, creditNoteId),
      );
      return answer.one(creditNoteId, (row) => readAllocationsOf(row, allocated));
    },

    async findCreditRefunds(reference) {
      const [since, order, page, pageSize] = [undefined, undefined, 1, 100];
      const answer = await send("accounting.payments.read", "Payments", (api) =>
        api.getPayments(tenantId, since, byReference(reference), order, page, pageSize),
      );
      return found(answer, { reference, read: readCreditRefund });
    },
  };
}
