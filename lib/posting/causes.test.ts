import { expect, test } from "vitest";
import { causeOf } from "./causes.ts";

test.each([
  [
    "Payments can only be made against Authorised documents · Payment amount exceeds the amount outstanding on this document",
    "settled",
  ],
  ["The invoice you are trying to allocate to has already been paid off", "settled"],
  ["The document date cannot be before the period lock date, currently set at 30 Sep 2026", "locked"],
  ["The document date cannot be before the end of year lock date, currently set at 30 Jun 2026", "locked"],
  ["Account code '612' has been archived, or deleted.", "account"],
  ["Account code 'X' is not a valid code for this document.", "account"],
  [
    "The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.",
    "contact",
  ],
  ["Organisation is not subscribed to currency EUR", "currency"],
  ["You have reached the limit of invoices you can approve", "plan"],
  ["This payment cannot be deleted as it has been reconciled with a bank statement line", "reconciled"],
  ["Something that Xero never said before", "other"],
  ["", "other"],
] as const)("%j is told as %s", (message, cause) => {
  expect(causeOf(message)).toBe(cause);
});
