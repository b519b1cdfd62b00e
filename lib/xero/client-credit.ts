import "server-only";
import { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { Send } from "./client.ts";
import { byReference, confirmRemoval, decimal, stands, written } from "./client-write.ts";
import { readCreditRefund, readInvoiceInLines, readWrittenCreditNote } from "./credit-rows.ts";
import { Unreadable } from "./row-parts.ts";
import type { PostedPayment, XeroApi } from "./types.ts";

type CreditCalls = Pick<
  XeroApi,
  | "invoiceInLines"
  | "createCreditNote"
  | "createCreditRefund"
  | "findCreditNotes"
  | "findCreditRefunds"
  | "voidCreditNote"
  | "isCreditNoteThere"
>;

/** How money goes back in the books: a credit note, and its payment to the client (xero-platform 3.7, 3.9). */
export function creditCalls(tenantId: string, send: Send): CreditCalls {
  return {
    async invoiceInLines(invoiceId, currency) {
      const body = await send("accounting.invoices.read", (api) => api.getInvoice(tenantId, invoiceId));
      const [row] = body.invoices ?? [];
      if (!row) throw new Unreadable("Xero left out the invoice that was asked for");
      return readInvoiceInLines(row, currency);
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
      const body = await send("accounting.invoices", (api) =>
        api.createCreditNotes(
          tenantId,
          { creditNotes: [creditNote] },
          summarizeErrors,
          unitDecimals,
          idempotencyKey,
        ),
      );
      return written(body.creditNotes?.[0], readWrittenCreditNote);
    },

    async createCreditRefund({ credit, accountId, date, currency, amountMinor, reference }, key) {
      const body = await send("accounting.payments", (api) =>
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
      return written(body.payments?.[0], readCreditRefund);
    },

    async findCreditNotes(reference) {
      const [since, order, page, unitDecimals, pageSize] = [undefined, undefined, 1, undefined, 100];
      const body = await send("accounting.invoices.read", (api) =>
        api.getCreditNotes(tenantId, since, byReference(reference), order, page, unitDecimals, pageSize),
      );
      const live = (body.creditNotes ?? []).filter(
        (row) => row.reference === reference && !["DELETED", "VOIDED"].includes(String(row.status)),
      );
      return live.map((row) => complete(readWrittenCreditNote(row)));
    },

    async voidCreditNote(creditNoteId, idempotencyKey) {
      const creditNote = { creditNoteID: creditNoteId, status: CreditNote.StatusEnum.VOIDED };
      const body = await send("accounting.invoices", (api) =>
        api.updateCreditNote(
          tenantId,
          creditNoteId,
          { creditNotes: [creditNote] },
          undefined,
          idempotencyKey,
        ),
      );
      confirmRemoval(body.creditNotes);
    },

    async isCreditNoteThere(creditNoteId) {
      const body = await send("accounting.invoices.read", (api) => api.getCreditNote(tenantId, creditNoteId));
      return stands(body.creditNotes, "VOIDED");
    },

    async findCreditRefunds(reference) {
      const [since, order, page, pageSize] = [undefined, undefined, 1, 100];
      const body = await send("accounting.payments.read", (api) =>
        api.getPayments(tenantId, since, byReference(reference), order, page, pageSize),
      );
      const live = (body.payments ?? []).filter(
        (row) => row.reference === reference && String(row.status) !== "DELETED",
      );
      return live.map((row) => complete(readCreditRefund(row)));
    },
  };
}

function complete(posted: PostedPayment | undefined): PostedPayment {
  if (!posted) throw new Unreadable("Xero left out an id of a credit note or its refund");
  return posted;
}
