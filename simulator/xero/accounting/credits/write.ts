/** Create and update of credit notes (xero-platform.md 3.9): as invoices, without what is due. */
import { randomUUID } from "node:crypto";
import { child, children, type Folded, text, units, word } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import { type CreditDocument, creditNoteTypes, invoiceStatuses, lineAmountTypes } from "../../model.ts";
import { dayRate, documentRate } from "../../rates.ts";
import { brandingThemes, creditBooks } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { resolveContact } from "../contacts/write.ts";
import { unitDecimals } from "../invoices/find.ts";
import { linesOf, readLine, totals } from "../invoices/lines.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { countApproval } from "../plan.ts";
import { demand } from "../write.ts";
import { faultsOfNumber, refuseCreditEdit, refuseCreditStatus } from "./rules.ts";
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
    themeId: call.organisation.defaultThemeId,
    allocations: [],
  };
  const edited = edit(call, credit, body);
  countApproval(call, undefined, edited.status);
  return saveCredit(call, "credit-note", edited, "CREATE");
}

export function updateCreditNote(
  call: Call,
  before: Stored<CreditDocument>,
  body: Folded,
): Stored<CreditDocument> {
  const status = word(body, "Status", invoiceStatuses) ?? before.status;
  const refused = refuseCreditStatus(before, status) ?? refuseCreditEdit(before, Object.keys(body));
  demand(refused ? [refused] : []);
  const contact = child(body, "Contact");
  const contactId = contact ? resolveContact(call, contact).id : before.contactId;
  const kept = before.status === "PAID" ? before.status : status;
  const edited = edit(call, { ...before, status: kept, contactId }, body);
  countApproval(call, before.status, edited.status);
  return saveCredit(call, "credit-note", edited, "UPDATE");
}

/** Lays the body's properties over the credit note, and says at once everything that is wrong. */
function edit(call: Call, before: CreditDocument, body: Folded): CreditDocument {
  const isDraft = before.status === "DRAFT" || before.status === "DELETED";
  const lineAmountType = word(body, "LineAmountTypes", lineAmountTypes) ?? before.lineAmountType;
  const options = {
    ...{ type: lineAmountType, unitDecimals: unitDecimals(call), isDraft, before: before.lines },
    ...{ takesDiscounts: false, takesText: true },
    ...{ isSale: before.type === "ACCRECCREDIT", movesStock: true },
  };
  const read = children(body, "LineItems")?.map((line) => readLine(call, line, options));
  const lines = linesOf(call, read, before.lines);
  const currency = text(body, "CurrencyCode")?.toUpperCase() ?? before.currency;
  const today = dayRate(call, currency, call.organisation.baseCurrency);
  const sent = text(body, "Date");
  const day = sent ? parseDay(sent) : before.day;
  const themeId = text(body, "BrandingThemeID")?.toLowerCase();
  const after: CreditDocument = {
    ...before,
    number: text(body, "CreditNoteNumber") ?? before.number,
    reference: text(body, "Reference") ?? before.reference,
    ...(themeId && { themeId }),
    day: day ?? before.day,
    lineAmountType,
    lines,
    ...totals(lines, lineAmountType),
    currency,
    rate: documentRate(before, currency, { today: today ?? 1, given: units(body, "CurrencyRate", 10) }),
  };
  const locked = refuseLocked(call.organisation, after.day) ?? refuseLocked(call.organisation, before.day);
  demand([
    ...(read?.flatMap(({ faults }) => faults) ?? []),
    ...(day ? [] : ["Date is not a valid date"]),
    ...(today === undefined ? [`Organisation is not subscribed to currency ${currency}`] : []),
    ...(locked ? [locked] : []),
    ...(isDraft || lines.length > 0 ? [] : ["One or more line items must be specified"]),
    ...(after.total < 0 ? ["The total amount cannot be negative"] : []),
    ...faultsOfNumber(call, after),
    ...(themeId && !brandingThemes.get(call, themeId) ? ["Branding theme not found"] : []),
  ]);
  return after;
}

/** The next of CN-0001, CN-0002, … that no credit note has. */
export function nextNumber(scope: Scope): string {
  const book = creditBooks["credit-note"];
  for (let next = book.count(scope) + 1; ; next++) {
    const number = `CN-${String(next).padStart(4, "0")}`;
    if (book.named(scope, number).length === 0) return number;
  }
}
