/** Create and update (xero-platform.md 3.5): PUT creates, POST also updates what it can find. */
import { randomUUID } from "node:crypto";
import { getSetting, setSetting } from "../../../core/settings.ts";
import { statement } from "../../../core/sql.ts";
import { child, children, type Folded, flag, text, units, word } from "../../body.ts";
import type { Call } from "../../call.ts";
import { addDays, dayIn, parseDay } from "../../dates.ts";
import { type Invoice, invoiceStatuses, lineAmountTypes } from "../../model.ts";
import { dayRate, documentRate } from "../../rates.ts";
import { brandingThemes } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import { resolveContact } from "../contacts/write.ts";
import { withoutDeletedItems } from "../items/lines.ts";
import { countApproval } from "../plan.ts";
import { demand } from "../write.ts";
import { livingSale, unitDecimals } from "./find.ts";
import { linesOf, readLine, totals } from "./lines.ts";
import { refuseEdit, refuseLocked, refuseStatus } from "./rules.ts";
import { onlineToken, saveInvoice } from "./save.ts";

export function createInvoice(call: Call, body: Folded): Stored<Invoice> {
  const type = word(body, "Type", ["ACCREC", "ACCPAY"] as const);
  if (!type) demand(["Invoice type must be specified"]);
  const status = word(body, "Status", invoiceStatuses) ?? "DRAFT";
  demand(
    ["DRAFT", "SUBMITTED", "AUTHORISED"].includes(status) ? [] : ["Invoice not of valid status for creation"],
  );
  const today = dayIn(call.organisation.timezone, call.world.clock.now());
  const day = readDay(body, "Date") ?? today;
  const invoice: Invoice = {
    id: randomUUID(),
    type: type ?? "ACCREC",
    number: text(body, "InvoiceNumber") ?? (type === "ACCPAY" ? "" : nextNumber(call)),
    reference: text(body, "Reference") ?? "",
    contactId: resolveContact(call, child(body, "Contact")).id,
    day,
    status,
    lineAmountType: word(body, "LineAmountTypes", lineAmountTypes) ?? "Exclusive",
    lines: [],
    subTotal: 0,
    totalTax: 0,
    total: 0,
    amountPaid: 0,
    credits: [],
    currency: text(body, "CurrencyCode")?.toUpperCase() ?? call.organisation.baseCurrency,
    rate: 1,
    themeId: call.organisation.defaultThemeId,
    sentToContact: false,
    onlineToken: onlineToken(),
    createdBy: call.clientId,
    ...(status !== "AUTHORISED" && { dueDay: addDays(day, 14) }),
  };
  const edited = edit(call, invoice, body);
  countApproval(call, undefined, edited.status);
  return saveInvoice(call, edited, "CREATE");
}

export function updateInvoice(call: Call, invoice: Stored<Invoice>, body: Folded): Stored<Invoice> {
  const status = word(body, "Status", invoiceStatuses) ?? invoice.status;
  const refusedStatus = refuseStatus(invoice, status);
  demand(refusedStatus ? [refusedStatus] : []);
  const contact = child(body, "Contact");
  const contactId = contact ? resolveContact(call, contact).id : invoice.contactId;
  const kept = invoice.status === "PAID" ? invoice.status : status;
  const edited = edit(call, { ...invoice, status: kept, contactId }, body);
  const lines = withoutDeletedItems(call, invoice.lines);
  const refused = refuseEdit({ ...invoice, lines }, edited);
  demand(refused ? [refused] : []);
  countApproval(call, invoice.status, edited.status);
  return saveInvoice(call, edited, "UPDATE");
}

/** DOC invoices, SentToContact: "This can be set only on invoices that have been approved". */
const isApproved = ({ status }: Invoice) => status === "AUTHORISED" || status === "PAID";

/** Lays the body's properties over the invoice, and says at once everything that is wrong. */
function edit(call: Call, before: Invoice, body: Folded): Invoice {
  const isDraft = before.status === "DRAFT" || before.status === "DELETED";
  const lineAmountType = word(body, "LineAmountTypes", lineAmountTypes) ?? before.lineAmountType;
  const options = {
    ...{ type: lineAmountType, unitDecimals: unitDecimals(call), isDraft, before: before.lines },
    ...{ takesDiscounts: before.type === "ACCREC", takesText: true },
    ...{ isSale: before.type === "ACCREC", movesStock: true },
  };
  const read = children(body, "LineItems")?.map((line) => readLine(call, line, options));
  const lines = linesOf(call, read, before.lines);
  const currency = text(body, "CurrencyCode")?.toUpperCase() ?? before.currency;
  const subscribedRate = dayRate(call, currency, call.organisation.baseCurrency);
  const givenRate = units(body, "CurrencyRate", 10);
  const after: Invoice = {
    ...before,
    number: text(body, "InvoiceNumber") ?? before.number,
    reference: text(body, "Reference") ?? before.reference,
    day: readDay(body, "Date") ?? before.day,
    ...optionalDays(body),
    lineAmountType,
    lines,
    ...totals(lines, lineAmountType),
    currency,
    rate: documentRate(before, currency, { today: subscribedRate ?? 1, given: givenRate }),
    sentToContact: isApproved(before) ? (flag(body, "SentToContact") ?? before.sentToContact) : false,
    ...optionalTexts(body),
  };
  const locked = refuseLocked(call.organisation, after.day) ?? refuseLocked(call.organisation, before.day);
  demand([
    ...(read?.flatMap(({ faults }) => faults) ?? []),
    ...(subscribedRate === undefined ? [`Organisation is not subscribed to currency ${currency}`] : []),
    ...(locked ? [locked] : []),
    ...(isDraft || lines.length > 0 ? [] : ["One or more line items must be specified"]),
    ...(after.status !== "AUTHORISED" || after.dueDay ? [] : ["Due Date cannot be empty"]),
    ...(after.total < 0 ? ["The total amount cannot be negative"] : []),
    ...faultsOfNumber(call, after),
    ...faultsOfTheme(call, after),
  ]);
  return after;
}

function faultsOfNumber(call: Call, { id, type, number, status }: Invoice): string[] {
  if (number.length > 255) return ["Invoice Number must not be more than 255 characters"];
  if (type === "ACCPAY" || status === "VOIDED" || status === "DELETED") return [];
  const other = livingSale(call, number);
  return other && other.id !== id ? ["Invoice # must be unique."] : [];
}

function faultsOfTheme(call: Call, { themeId }: Invoice): string[] {
  return !themeId || brandingThemes.get(call, themeId) ? [] : ["Branding theme not found"];
}

function readDay(body: Folded, name: string): string | undefined {
  const value = text(body, name);
  if (!value) return undefined;
  const day = parseDay(value);
  demand(day ? [] : [`${name} is not a valid date`]);
  return day;
}

function optionalDays(body: Folded): Partial<Invoice> {
  return present({
    dueDay: readDay(body, "DueDate"),
    expectedPaymentDay: readDay(body, "ExpectedPaymentDate"),
    plannedPaymentDay: readDay(body, "PlannedPaymentDate"),
  });
}

function optionalTexts(body: Folded): Partial<Invoice> {
  return present({ url: text(body, "Url"), themeId: text(body, "BrandingThemeID")?.toLowerCase() });
}

function present(values: { [Name in keyof Invoice]?: Invoice[Name] | undefined }): Partial<Invoice> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The next of INV-0001, INV-0002, … that no sale has. */
function nextNumber(call: Call): string {
  const { world, tenantId } = call;
  const setting = `xero.nextNumber.${tenantId}`;
  let next = getSetting(world, setting, 0) || lastNumber(call) + 1;
  const numbered = () => `INV-${String(next).padStart(4, "0")}`;
  while (livingSale(call, numbered())) next++;
  setSetting(world, setting, next + 1);
  return numbered();
}

function lastNumber({ world, tenantId }: Call): number {
  const row = statement(
    world.db,
    `select max(cast(substr(label, 5) as integer)) as last from xero_rows
     where valid_to is null and tenant_id = ? and kind = 'invoice' and type = 'ACCREC' and label like 'INV-%'
     and substr(label, 5) not glob '*[^0-9]*'`,
  ).get(tenantId);
  return Number(row?.last ?? 0);
}
