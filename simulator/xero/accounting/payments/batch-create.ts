import { randomUUID } from "node:crypto";
import { children, type Folded, text } from "../../body.ts";
import type { Call } from "../../call.ts";
import { parseDay } from "../../dates.ts";
import type { Account, BatchPayment, Invoice, Payment } from "../../model.ts";
import { invoices } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { demand, Invalid } from "../write.ts";
import { accountOf, type Batch, createPayment } from "./create.ts";
import { saveBatch } from "./save.ts";
import { batchToWire } from "./wire.ts";

/** All of its payments or none: the caller's savepoint undoes those before the bad one. */
export function createBatch(call: Call, body: Folded): Wire {
  const sent = children(body, "Payments") ?? [];
  const day = parseDay(text(body, "Date"));
  const reference = text(body, "Reference") ?? "";
  demand([
    ...(sent.length > 0 ? [] : ["At least one payment must be specified"]),
    ...(day ? [] : ["Date must be specified"]),
    ...tooLong(body, { Reference: 255, Narrative: 18, Code: 12, Particulars: 12 }),
  ]);
  const batch: Batch = { id: randomUUID(), ...accountOf(call, body), day, reference };
  const members = sent.map((payment) => createMember(call, payment, batch));
  const [first] = members;
  if (!first || !day) throw new Error("demand() has let a fault through");
  demand(faultsOfMix(call, batch.account, members));
  const total = members.reduce((sum, { amount }) => sum + amount, 0);
  const batchPayment: BatchPayment = {
    id: batch.id,
    type: first.type === "ACCRECPAYMENT" ? "RECBATCH" : "PAYBATCH",
    status: "AUTHORISED",
    accountId: first.accountId,
    day,
    reference,
    ...optional(body),
    paymentIds: members.map(({ id }) => id),
    total,
    isReconciled: false,
    createdBy: call.clientId,
  };
  return batchToWire(saveBatch(call, batchPayment, "created"), members, call);
}

/** A member's fault is the batch's, and names the invoice nowhere: so does Xero. */
function createMember(call: Call, body: Folded, batch: Batch): Stored<Payment> {
  try {
    return createPayment(call, body, batch);
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid(error.messages);
    throw error;
  }
}

/**
 * DOC batchpayments, Limitations: "You can only make batch payments in the organisation base currency via the API",
 * which is so when account and invoices all have it; sales invoices and bills can't be mixed. The words are ours (?).
 */
function faultsOfMix(call: Call, account: Account | undefined, members: Payment[]): string[] {
  const { baseCurrency } = call.organisation;
  const paid = [
    ...invoices
      .among(
        call,
        members.map(({ invoiceId }) => invoiceId),
      )
      .values(),
  ];
  const isForeign = [account?.currency, ...paid.map(({ currency }) => currency)].some(
    (currency) => currency !== undefined && currency !== baseCurrency,
  );
  return [
    ...(isForeign ? ["You can only make batch payments in the organisation base currency via the API"] : []),
    ...(new Set(paid.map(({ type }) => type)).size > 1
      ? ["All payments in a batch must be for the same type of document"]
      : []),
    ...(paid.length < members.length ? ["An invoice can only be paid once within a batch"] : []),
    ...tooMany(paid),
  ];
}

/**
 * Xero Central: "You can include a maximum of 50 invoices in a batch deposit". Of bills 200, in words that others report
 * of the API.
 */
const most = { ACCREC: 50, ACCPAY: 200 };

function tooMany(paid: Invoice[]): string[] {
  const limit = most[paid[0]?.type ?? "ACCREC"];
  return paid.length > limit ? [`A batch payment cannot contain more than ${limit} payments.`] : [];
}

function tooLong(body: Folded, limits: Record<string, number>): string[] {
  return Object.entries(limits).flatMap(([name, most]) =>
    (text(body, name)?.length ?? 0) > most ? [`${name} must not be more than ${most} characters`] : [],
  );
}

function optional(body: Folded): Partial<BatchPayment> {
  const names = ["narrative", "details", "code", "particulars"] as const;
  return Object.fromEntries(names.flatMap((name) => (text(body, name) ? [[name, text(body, name)]] : [])));
}
