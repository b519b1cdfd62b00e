/** The endpoint of each kind, the word for one of it, how messages call it, and its webhook category. */
export const creditNames = {
  "credit-note": {
    list: "CreditNotes",
    one: "CreditNote",
    spoken: "Credit Note",
    category: "CREDITNOTE",
  },
  overpayment: {
    list: "Overpayments",
    one: "Overpayment",
    spoken: "Overpayment",
    category: "OVERPAYMENT",
  },
  prepayment: {
    list: "Prepayments",
    one: "Prepayment",
    spoken: "Prepayment",
    category: "PREPAYMENT",
  },
} as const;
