/** Invoices (xero-platform.md 3.5): every list mode, one by id or number, create, update, OnlineInvoice, Email. */
import { type Folded, flag, text } from "../../body.ts";
import { type Call, type Endpoint, envelope, isTrue, listParam, param } from "../../call.ts";
import { badQuery, invalid, notFound } from "../../errors.ts";
import type { Invoice } from "../../model.ts";
import { fields, hasAttachments, inside, labelOfParty, ofParty, valueInside } from "../../query/fields.ts";
import { invoices } from "../../store/books.ts";
import { type Condition, oneOf, type Stored } from "../../store/rows.ts";
import { list, paginated } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { findInvoice, listedInvoices, livingSale, wholeInvoice } from "./find.ts";
import { mailInvoice } from "./mail.ts";
import { saveInvoice } from "./save.ts";
import { createInvoice, updateInvoice } from "./write.ts";

const creditedInside =
  "(select coalesce(sum(value ->> 'amount'), 0) from json_each(xero_rows.data, '$.credits'))";

const known = fields("Invoice", {
  InvoiceID: ["id", "guid"],
  InvoiceNumber: ["label", "text"],
  Type: ["type", "text"],
  Status: ["status", "text"],
  Reference: ["reference", "text"],
  "Contact.ContactID": ["party", "guid"],
  "Contact.Name": labelOfParty("contact"),
  "Contact.ContactNumber": ofParty("contactNumber"),
  "Contact.EmailAddress": ofParty("email"),
  Date: ["day", "day"],
  DueDate: ["due", "day"],
  FullyPaidOnDate: [valueInside("fullyPaidDay"), "day"],
  ExpectedPaymentDate: [valueInside("expectedPaymentDay"), "day"],
  PlannedPaymentDate: [valueInside("plannedPaymentDay"), "day"],
  AmountDue: ["amount", "money"],
  AmountPaid: [valueInside("amountPaid"), "money"],
  AmountCredited: [creditedInside, "money"],
  SubTotal: [valueInside("subTotal"), "money"],
  TotalTax: [valueInside("totalTax"), "money"],
  Total: [valueInside("total"), "money"],
  CurrencyCode: [inside("currency"), "text"],
  LineAmountTypes: [inside("lineAmountType"), "text"],
  HasAttachments: hasAttachments,
  BrandingThemeID: [valueInside("themeId"), "guid"],
  SentToContact: [valueInside("sentToContact"), "flag"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

const scopes = ["accounting.invoices"];

const notOnline = "Online invoices are only available for submitted and approved sales invoices";
/** DOC invoices: "you cannot retrieve an online invoice url for DRAFT invoices"; e-mails: "SUBMITTED, AUTHORISED or PAID". */
const isOnline = ({ type, status }: Invoice) =>
  type === "ACCREC" && /^(SUBMITTED|AUTHORISED|PAID)$/.test(status);

export const invoiceEndpoints: Endpoint[] = [
  { method: "GET", pattern: "/Invoices", scopes, handler: listInvoices },
  {
    method: "GET",
    pattern: "/Invoices/:id",
    scopes,
    handler: (call) => envelope(call, { Invoices: [wholeInvoice(call, required(call))] }),
  },
  {
    method: "GET",
    pattern: "/Invoices/:id/OnlineInvoice",
    scopes,
    handler(call) {
      const invoice = required(call);
      if (!isOnline(invoice)) throw invalid([{ ValidationErrors: [{ Message: notOnline }] }]);
      const OnlineInvoiceUrl = `${call.world.baseUrl}/online-invoice/${invoice.onlineToken}`;
      return envelope(call, { OnlineInvoices: [{ OnlineInvoiceUrl }] });
    },
  },
  {
    method: "POST",
    pattern: "/Invoices/:id/Email",
    scopes,
    handler(call) {
      const invoice = required(call);
      const refused = isOnline(invoice) ? mailInvoice(call, invoice) : notOnline;
      if (refused) throw invalid([{ ValidationErrors: [{ Message: refused }] }]);
      saveInvoice(call, { ...invoice, sentToContact: true }, "UPDATE");
      return { status: 204 };
    },
  },
  {
    method: "PUT",
    pattern: "/Invoices",
    scopes,
    handler: (call) => write(call, (body) => written(call, createInvoice(call, body), body)),
  },
  {
    method: "POST",
    pattern: "/Invoices",
    scopes,
    handler: (call) => write(call, (body) => createOrUpdate(call, body)),
  },
  {
    method: "POST",
    pattern: "/Invoices/:id",
    scopes,
    handler(call) {
      const invoice = required(call);
      return write(call, (body) => written(call, updateInvoice(call, invoice, body), body));
    },
  },
];

function listInvoices(call: Call) {
  const isSummary = isTrue(call, "summaryOnly");
  const statuses = listParam(call, "Statuses")?.map((status) => status.toUpperCase());
  const ids = listParam(call, "IDs")?.map((id) => id.toLowerCase());
  const numbers = listParam(call, "InvoiceNumbers");
  const contactIds = listParam(call, "ContactIDs")?.map((id) => id.toLowerCase());
  const also = [
    ids && oneOf("id", ids),
    numbers && anyLabel(numbers),
    contactIds && oneOf("party", contactIds),
    statuses && oneOf("status", statuses),
    isTrue(call, "createdByMyApp") ? { text: "created_by = ?", values: [call.clientId] } : undefined,
    search(param(call, "searchTerm")),
  ];
  const found = list(call, invoices, {
    fields: known,
    also,
    forcePaging: isSummary || statuses !== undefined,
  });
  const lines = isSummary ? "left-out" : found.pagination ? "shown" : "empty";
  return envelope(call, { ...paginated(found), Invoices: listedInvoices(call, found.rows, lines) });
}

/** Without a type and number nobody else has, a POST is a create. */
function createOrUpdate(call: Call, body: Folded) {
  const id = text(body, "InvoiceID");
  const number = text(body, "InvoiceNumber");
  const isBill = text(body, "Type")?.toUpperCase() === "ACCPAY";
  const found = id ? invoices.get(call, id) : number && !isBill ? livingSale(call, number) : undefined;
  demand(id && !found ? ["The document with the supplied id was not found for this endpoint."] : []);
  if (found) return written(call, updateInvoice(call, found, body), body);
  return written(call, createInvoice(call, body), body);
}

/** DOC requests-and-responses, example of summarizeErrors: what was asked for and is not set is a warning, and saved. */
function written(call: Call, invoice: Stored<Invoice>, body: Folded): Record<string, unknown> {
  const isNotSet = flag(body, "SentToContact") === true && !invoice.sentToContact;
  return {
    ...wholeInvoice(call, invoice, "written"),
    ...(isNotSet && { Warnings: [{ Message: "Only AUTHORISED invoices may have SentToContact updated." }] }),
  };
}

function write(call: Call, change: (body: Folded) => Record<string, unknown>) {
  // SDK: it lets the quantity go negative; at which cost is in no source. The words are ours.
  if (isTrue(call, "allowBackorders")) throw badQuery("This simulator has no allowBackorders");
  const lists = { Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [] };
  const empty = { ...lists, IsDiscounted: false, InvoicePaymentServices: [] };
  return writeAll(call, { name: "Invoices", idName: "InvoiceID", mark: "HasErrors", empty, write: change });
}

function required(call: Call): Stored<Invoice> {
  const invoice = findInvoice(call, call.params.id ?? "");
  if (!invoice) throw notFound();
  return invoice;
}

/** Numbers are found in any letter case. */
function anyLabel(numbers: string[]): Condition {
  return { text: `label in (${numbers.map(() => "?").join(", ")})`, values: numbers };
}

/** DOC invoices: "performs a case-insensitive text search across the fields: InvoiceNumber, Reference". */
function search(term: string | undefined): Condition | undefined {
  if (!term) return undefined;
  const holds = (column: string) => `instr(lower(coalesce(${column}, '')), ?) > 0`;
  const needle = term.toLowerCase();
  return { text: `${holds("label")} or ${holds("reference")}`, values: [needle, needle] };
}
