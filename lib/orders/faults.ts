/** Where what is wrong with an order was found, and so who can mend it. */
export type FoundIn = "body" | "limits" | "mapping" | "chart" | "contact" | "lock-date" | "xero";

type FaultKind = { title: string; meaning: string; fix: string; found: FoundIn };

/**
 * All that may be wrong with an order, each with a page of its own under /problems. The sender alone can mend a body or what is over a limit: an
 * order with such a fault is refused. All else staff mend in the desk or in Xero: the order is kept, and written by itself once they have.
 */
export const ORDER_FAULTS = {
  "field-missing": {
    title: "A field is missing",
    meaning: "The object that the pointer leads to lacks a field that it must have.",
    fix: "Send it.",
    found: "body",
  },
  "field-unknown": {
    title: "There is no such field",
    meaning:
      "The API knows no field of this name there; it may be misspelt. What is not understood is not ignored.",
    fix: "Compare its name with the reference, or leave it out.",
    found: "body",
  },
  "field-invalid": {
    title: "A field can't be read",
    meaning: "What the field holds is not of the kind that it must be.",
    fix: 'Send it as the reference has it. Amounts are texts: "12.50".',
    found: "body",
  },
  "buyer-not-one": {
    title: "The buyer is not told in one way",
    meaning: "A buyer is exactly one of contactId, externalId, cash or person.",
    fix: "Send one of them.",
    found: "body",
  },
  "due-before-date": {
    title: "It would be due before its date",
    meaning: "The due date is earlier than the order's date.",
    fix: "Send a due date no earlier than the date.",
    found: "body",
  },
  "total-differs": {
    title: "The total is not what the lines come to",
    meaning: "The sent total differs from the lines with their tax by more than rounding explains.",
    fix: "Compare the lines, their tax and the total in your system.",
    found: "body",
  },
  "tax-differs": {
    title: "The tax is not what the lines come to",
    meaning: "The sent tax differs from what Xero would work out by more than rounding explains.",
    fix: "Compare the tax in your system with the tax rate that the kind of item is mapped to.",
    found: "mapping",
  },
  "total-negative": {
    title: "The total is less than nothing",
    meaning: "An order becomes an invoice, and Xero takes none below nothing.",
    fix: "Send what goes back as a refund of its order.",
    found: "body",
  },
  "payments-exceed-total": {
    title: "More was paid than the order comes to",
    meaning: "The payments together are more than the total; Xero would refuse them.",
    fix: "Send the amounts that were kept, without change given.",
    found: "body",
  },
  "cost-missing": {
    title: "A purchase order has no lines",
    meaning: "The order is to be tracked, and none of its lines has a unitCost.",
    fix: "Send unitCost for what is bought, or process “untracked”.",
    found: "body",
  },
  "number-unusable": {
    title: "The number can't be an invoice number",
    meaning: "Xero takes at most 255 printable ASCII characters as an invoice number.",
    fix: "Send another number, or have staff choose Xero's own numbers under Settings → Orders.",
    found: "body",
  },
  "twice-in-batch": {
    title: "The order is in this batch twice",
    meaning: "An earlier order of the batch has the same source and number.",
    fix: "Send each order once a batch.",
    found: "body",
  },
  "too-many-lines": {
    title: "The order has too many lines",
    meaning: "An order takes at most 500 lines.",
    fix: "Send it as several orders.",
    found: "limits",
  },
  "line-too-large": {
    title: "A line comes to too much",
    meaning: "Xero takes at most 9,999,999,999.99 on a line.",
    fix: "Send smaller quantities or prices, on several lines.",
    found: "limits",
  },
  "orders-not-set-up": {
    title: "Nobody has said yet how orders are written",
    meaning: "The firm has not saved its settings for orders of this organisation.",
    fix: "The firm's owner looks at Settings → Orders and saves what is proposed there.",
    found: "mapping",
  },
  "kind-unmapped": {
    title: "A kind of item has no account",
    meaning: "Staff have not mapped this kind, and the firm holds orders with such kinds.",
    fix: "Map it under Settings → Mapping.",
    found: "mapping",
  },
  "tender-unmapped": {
    title: "A tender has no account",
    meaning: "Staff have not said which account this way to pay is paid into.",
    fix: "Map it under Settings → Mapping.",
    found: "mapping",
  },
  "rounding-unmapped": {
    title: "There is no account for rounding",
    meaning: "The total differs from the lines by a few hundredths, and no account is chosen for those.",
    fix: "Choose one under Settings → Orders.",
    found: "mapping",
  },
  "cost-account-unset": {
    title: "There is no account for what is bought",
    meaning: "A purchase order's line has neither an account of its kind nor one of the settings.",
    fix: "Choose one under Settings → Orders, or for the kind under Settings → Mapping.",
    found: "mapping",
  },
  "payments-need-authorised": {
    title: "A draft takes no payment",
    meaning:
      "The order carries payments, and its invoice would be a draft; Xero takes payments on authorised invoices alone.",
    fix: "Choose authorised invoices under Settings → Orders, or send status “AUTHORISED”.",
    found: "mapping",
  },
  "email-needs-authorised": {
    title: "A draft is not e-mailed",
    meaning: "The invoice is to be e-mailed, and it would be a draft; Xero e-mails approved invoices alone.",
    fix: "Send status “AUTHORISED”, have staff choose approved invoices under Settings → Orders, or leave out sendEmail.",
    found: "mapping",
  },
  "account-unknown": {
    title: "An account is not in Xero",
    meaning: "What is mapped names an account that the organisation's chart does not have.",
    fix: "Map it to another one, or add the account in Xero.",
    found: "chart",
  },
  "account-archived": {
    title: "An account is archived",
    meaning: "What is mapped goes to an account that was archived in Xero.",
    fix: "Map it to another one, or restore the account in Xero.",
    found: "chart",
  },
  "account-unsuitable": {
    title: "An account can't be used for that",
    meaning: "Xero takes no such line or payment on an account of this type.",
    fix: "Map it to another account.",
    found: "chart",
  },
  "tax-unknown": {
    title: "A tax rate is not in Xero",
    meaning: "What is mapped names a tax rate that the organisation does not have, or no longer uses.",
    fix: "Choose another tax rate.",
    found: "chart",
  },
  "tax-unsuitable": {
    title: "A tax rate does not go with an account",
    meaning: "Xero does not take this tax rate on an account of this class.",
    fix: "Choose another tax rate or another account.",
    found: "chart",
  },
  "item-unknown": {
    title: "An item is not in Xero",
    meaning: "A line names an item code that the organisation does not have, or does not sell.",
    fix: "Add the item in Xero, or change the code.",
    found: "chart",
  },
  "tracking-unknown": {
    title: "A tracking option is not in Xero",
    meaning:
      "A line names a tracking category or option that is not active. Xero would drop it without a word.",
    fix: "Add it in Xero, or change what is sent or mapped.",
    found: "chart",
  },
  "currency-not-subscribed": {
    title: "The currency is not used in Xero",
    meaning: "The organisation has not added the order's currency.",
    fix: "Add it in Xero under Settings → Currencies, or in the desk under Settings → Orders.",
    found: "chart",
  },
  "contact-unknown": {
    title: "The contact is not in Xero",
    meaning: "The desk knows no such contact of the organisation.",
    fix: "Compare the id, or link it under Connections → Migrate.",
    found: "contact",
  },
  "contact-archived": {
    title: "The contact is archived",
    meaning: "Xero takes no new document for an archived contact.",
    fix: "Restore the contact in Xero.",
    found: "contact",
  },
  "contact-unclear": {
    title: "Several contacts fit",
    meaning: "More than one contact has this e-mail or this name, or another person has the name.",
    fix: "Choose the contact on the order's page, or merge the contacts in Xero.",
    found: "contact",
  },
  "cash-customer-unset": {
    title: "There is no cash customer",
    meaning: "The order names nobody, and no contact is chosen for such orders.",
    fix: "Choose one under Settings → Orders.",
    found: "contact",
  },
  "supplier-unset": {
    title: "There is no supplier",
    meaning:
      "The order is to be tracked, and neither it nor the settings say whom its goods are bought from.",
    fix: "Send supplier, or choose one under Settings → Orders.",
    found: "contact",
  },
  "date-locked": {
    title: "The books are locked on that day",
    meaning: "The order's date is in a period that is locked in Xero.",
    fix: "Move the lock date in Xero, or choose the next open day under Settings → Orders.",
    found: "lock-date",
  },
  "number-taken": {
    title: "Another invoice has this number",
    meaning: "Another invoice has this number in Xero: another order's, or one that the desk did not write.",
    fix: "Renumber that invoice in Xero, or choose a prefix under Settings → Orders.",
    found: "xero",
  },
  "refund-exceeds-order": {
    title: "More would go back than there is",
    meaning:
      "What has been credited of the order and this come to more than the order, or it comes to nothing.",
    fix: "Send what is left, or nothing.",
    found: "body",
  },
  "refund-line-unknown": {
    title: "The order has no such line",
    meaning: "Lines are counted from 0, as the order was sent, and each is named once.",
    fix: "Send the place of one of its lines.",
    found: "body",
  },
  "refund-not-one": {
    title: "The refund is told in two ways",
    meaning: "It names lines and an amount.",
    fix: "Send one of them, or neither for all that is left.",
    found: "body",
  },
} as const satisfies Record<string, FaultKind>;

export type OrderFaultCode = keyof typeof ORDER_FAULTS;

/** One thing that is wrong with an order. */
export type OrderFault = {
  code: OrderFaultCode;
  found: FoundIn;
  /** JSON Pointer into what was sent: "#/lines/2/kind". */
  pointer: string;
  /** What must be mended, where several orders may wait for the same: a kind, an account's code; null: this order. */
  subject: string | null;
  detail: string;
  /** Another order that the detail tells of. */
  orderId?: string;
};

/** `found` is the code's own unless it is given. */
export function orderFault(
  code: OrderFaultCode,
  {
    pointer,
    subject = null,
    detail,
    orderId,
    found = ORDER_FAULTS[code].found,
  }: Pick<OrderFault, "pointer" | "detail"> & {
    subject?: string | null;
    orderId?: string | undefined;
    found?: FoundIn;
  },
): OrderFault {
  return { code, found, pointer, subject, detail, ...(orderId === undefined ? {} : { orderId }) };
}

/** What the sender alone can mend. */
export function isSenders({ found }: OrderFault): boolean {
  return found === "body" || found === "limits";
}
