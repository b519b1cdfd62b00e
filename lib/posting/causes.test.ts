import { describe, expect, test } from "vitest";
import { CAUSE_WORDS } from "./cause-words.ts";
import { CAUSES } from "./causes.ts";
import { causeOf, causeOfPosting, type Refusal } from "./kinds/registry.ts";

type Kind = Refusal["kind"];

/** Xero's own texts: xero-platform 3.5 to 3.12, xero-documents 13, and those of the simulator that are marked (?) there. */
const ARCHIVED_ACCOUNT = "Account code '200' has been archived, or deleted.";
const ARCHIVED_ACCOUNT_TOO =
  "Account code '200' has been archived, or has been deleted. Each line item must reference a valid account.";
const INVALID_ACCOUNT = "Account code '200' is not a valid code for this document.";
const ARCHIVED_CONTACT =
  "The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.";
const ARCHIVED_CONTACT_TOO =
  "The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.";
const OTHER_CURRENCY = "The currency of the payment account must be the base currency.";
const OVERPAID =
  "Payments can only be made against Authorised documents · Payment amount exceeds the amount outstanding on this document";

const table: [Kind, string, (typeof CAUSES)[number], string[]?][] = [
  ["payment", OVERPAID, "settled"],
  ["payment", `${OVERPAID} · ${OTHER_CURRENCY}`, "account_currency"],
  ["credit_refund", `${OVERPAID} · ${OTHER_CURRENCY}`, "account_currency"],
  ["fee", `${ARCHIVED_ACCOUNT} · ${ARCHIVED_CONTACT}`, "clearing"],
  [
    "removal",
    "The credit has been allocated to it · Organisation is not subscribed to currency USD",
    "in_use",
  ],
  ["batch_payment", OVERPAID, "settled"],
  ["credit_refund", OVERPAID, "used"],
  [
    "payment",
    "The document date cannot be before the period lock date, currently set at 30 Sep 2026",
    "locked",
  ],
  [
    "fee",
    "The document date cannot be before the end of year lock date, currently set at 30 Jun 2026",
    "locked",
  ],
  ["payment", ARCHIVED_ACCOUNT, "clearing"],
  ["payment", "You must specify and Account code or Account ID for the payment", "clearing"],
  ["batch_payment", INVALID_ACCOUNT, "clearing"],
  ["credit_refund", ARCHIVED_ACCOUNT, "clearing"],
  ["overpayment", ARCHIVED_ACCOUNT_TOO, "clearing"],
  ["credit_note", ARCHIVED_ACCOUNT, "line_account"],
  ["credit_note", ARCHIVED_ACCOUNT_TOO, "line_account"],
  ["credit_note", INVALID_ACCOUNT, "line_account"],
  ["fee", ARCHIVED_ACCOUNT, "fee_account", ["200"]],
  ["fee", ARCHIVED_ACCOUNT, "clearing", ["404"]],
  ["transfer", ARCHIVED_ACCOUNT, "bank", ["6f7594f2", "200"]],
  ["transfer_back", ARCHIVED_ACCOUNT, "clearing", ["6f7594f2", "090"]],
  ["credit_note", "The TaxType code 'OUTPUT9' cannot be used with account code '200'.", "line_tax"],
  ["fee", "The TaxType code X does not exist or cannot be used for this type of transaction.", "fee_tax"],
  ["credit_note", ARCHIVED_CONTACT, "contact"],
  ["overpayment", ARCHIVED_CONTACT_TOO, "contact"],
  ["fee", ARCHIVED_CONTACT, "fee_contact"],
  ["invoice", "Invoice # must be unique.", "number_taken"],
  ["purchase_order", "Order number must be unique", "number_taken"],
  ["purchase_order", "Purchase Order # must be unique.", "number_taken"],
  ["invoice", ARCHIVED_ACCOUNT, "line_account"],
  ["order_credit", "Account code or ID must be specified", "line_account"],
  ["invoice", "The TaxType code 'OUTPUT9' cannot be used with account code '200'.", "line_tax"],
  ["invoice", ARCHIVED_CONTACT, "contact"],
  ["invoice", "You have reached the limit of invoices you can approve", "plan"],
  ["invoice", "Organisation is not subscribed to currency EUR", "currency"],
  ["invoice", "Item code 'X' is not valid", "item"],
  [
    "contact",
    "The contact name Lock date & Tax rate Ltd is already assigned to another contact. The contact name must be unique across all active contacts.",
    "contact_name",
  ],
  ["contact", "The contact number CF-2345ABCDEF must be unique across all contacts.", "number_taken"],
  ["contact", "Email address must be valid.", "contact_email"],
  ["payment", ARCHIVED_ACCOUNT, "till_account", ["8e5c", "200"]],
  [
    "removal",
    "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.",
    "in_use",
  ],
  // An account may be called anything.
  ["payment", "Account code 'CONTACT' has been archived, or deleted.", "clearing"],
  ["payment", "Organisation is not subscribed to currency EUR", "currency"],
  ["batch_payment", "Organisation is not subscribed to currency EUR", "currency"],
  // The docs say that it is refused, not in which words (simulator-gaps A1).
  ["batch_payment", "Batch payments can only be made in the organisation's base currency", "batch_currency"],
  [
    "payment",
    "The currency of the payment account (USD) must be the document's currency or the base currency",
    "account_currency",
  ],
  ["overpayment", "The currency of the bank account is AUD, not EUR", "account_currency"],
  ["credit_note", "You have reached the limit of invoices you can approve", "plan"],
  [
    "removal",
    "This payment cannot be deleted as it has been reconciled with a bank statement line",
    "reconciled",
  ],
  [
    "removal",
    "This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.",
    "reconciled",
  ],
  [
    "removal",
    "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.",
    "in_use",
  ],
  ["payment", "Something that Xero never said before", "other"],
  ["credit_note", "Contact Name cannot be empty.", "other"],
  ["removal", "", "other"],
  ["chore", ARCHIVED_ACCOUNT, "chore"],
];

test.each(table)("a %s refused with %j is told as %s", (kind, message, cause, target = []) => {
  expect(causeOf({ kind, message, target })).toBe(cause);
});

describe("what is kept", () => {
  test("counts; words of a version that kept none are read", () => {
    expect(causeOfPosting({ kind: "payment", message: OVERPAID, cause: "gone" })).toBe("gone");
    expect(causeOfPosting({ kind: "payment", message: OVERPAID, cause: null })).toBe("settled");
  });

  test("only where money of a payment is too much is there something to move", () => {
    const settled = table.filter(([, , cause]) => cause === "settled").map(([kind]) => kind);
    expect(new Set(settled)).toEqual(new Set(["payment", "batch_payment"]));
  });

  test("has words for each", () => {
    expect(Object.keys(CAUSE_WORDS).sort()).toEqual([...CAUSES].sort());
  });
});
