import { randomUUID } from "node:crypto";
import { child, children, type Folded, text, word } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import {
  type CreditDocument,
  creditNoteTypes,
  type InvoiceStatus,
  invoiceStatuses,
  lineAmountTypes,
} from "../../model.ts";
import { dayRate } from "../../rates.ts";
import { creditBooks } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { resolveContact } from "../contacts/write.ts";
import { readLine, totals } from "../invoices/lines.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { demand } from "../write.ts";
import { saveCredit } from "./save.ts";

export function createCreditNote(call: Call, body: Folded): Stored<CreditDocument> {
  const type = word(body, "Type", creditNoteTypes);
  if (!type) demand(["Credit note type must be specified"]);
  const status = word(body, "Status", invoiceStatuses) ?? "DRAFT";
  demand(
    ["DRAFT", "SUBMITTED", "AUTHORISED"].includes(status)
      ? []
      : ["Credit note not of valid status for creation"],
  );
  const credit: CreditDocument = {
    id: randomUUID(),
    type: type ?? "ACCRECCREDIT",
    number: text(body, "CreditNoteNumber") ?? nextNumber(call),
    reference: "",
    contactId: resolveContact(call, child(body, "Contact")).id,
    day: dayIn(call.organisation.timezone, call.world.clock.now()),
    status,
    lineAmountType: "Exclusive",
    lines: [],
    ...{ subTotal: 0, totalTax: 0, total: 0 },
    currency: call.organisation.baseCurrency,
    rate: 1,
    allocations: [],
  };
  return saveCredit(call, "credit-note", edit(call, credit, body), "CREATE");
}

export function updateCreditNote(
  call: Call,
  before: Stored<CreditDocument>,
  body: Folded,
): Stored<CreditDocument> {
  const status = word(body, "Status", invoiceStatuses) ?? before.status;
  const refused = refuseCreditStatus(before, status);
  const touchesMoney = ["lineitems", "lineamounttypes", "currencycode"].some((name) => name in body);
  demand([
    ...(refused ? [refused] : []),
    ...(touchesMoney && before.allocations.length > 0
      ? ["This document cannot be edited as it has a payment or credit note allocated to it."]
      : []),
  ]);
  return saveCredit(call, "credit-note", edit(call, { ...before, status }, body), "UPDATE");
}

/** Null when the change of status is allowed. Also asked by the control API. */
export function refuseCreditStatus(
  { status, allocations }: CreditDocument,
  to: InvoiceStatus,
): string | null {
  if (to === status) return null;
  const isDraft = status === "DRAFT" || status === "SUBMITTED";
  if (to === "VOIDED" && status === "AUTHORISED" && allocations.length === 0) return null;
  return isDraft && to !== "VOIDED" && to !== "PAID"
    ? null
    : "Credit note not of valid status for modification";
}

function edit(call: Call, before: CreditDocument, body: Folded): CreditDocument {
  const isDraft = before.status === "DRAFT" || before.status === "DELETED";
  const lineAmountType = word(body, "LineAmountTypes", lineAmountTypes) ?? before.lineAmountType;
  const read = children(body, "LineItems")?.map((line) =>
    readLine(call, line, { type: lineAmountType, unitDecimals: 2, isDraft }),
  );
  const lines = read?.map(({ line }) => line) ?? before.lines;
  const currency = text(body, "CurrencyCode")?.toUpperCase() ?? before.currency;
  const rate = dayRate(call, currency, call.organisation.baseCurrency);
  const sent = text(body, "Date");
  const day = sent ? parseDay(sent) : before.day;
  const locked = day ? refuseLocked(call.organisation, day) : null;
  demand([
    ...(read?.flatMap(({ faults }) => faults) ?? []),
    ...(day ? [] : ["Date is not a valid date"]),
    ...(rate === undefined ? [`Organisation is not subscribed to currency ${currency}`] : []),
    ...(locked ? [locked] : []),
    ...(isDraft || lines.length > 0 ? [] : ["One or more line items must be specified"]),
  ]);
  return {
    ...before,
    reference: text(body, "Reference") ?? before.reference,
    day: day ?? before.day,
    lineAmountType,
    lines,
    ...totals(lines, lineAmountType),
    currency,
    rate: rate ?? 1,
  };
}

/** The next of CN-0001, CN-0002, … that no credit note has. */
export function nextNumber(scope: Scope): string {
  const book = creditBooks["credit-note"];
  for (let next = book.count(scope) + 1; ; next++) {
    const number = `CN-${String(next).padStart(4, "0")}`;
    if (book.named(scope, number).length === 0) return number;
  }
}
