import { z } from "zod";

/** A decimal as text, which a JSON number holds to the last digit. */
const decimal = (whole: number, places: number) =>
  z.string().regex(new RegExp(`^-?\\d{1,${whole}}(\\.\\d{1,${places}})?$`));

/** What Xero keeps of a text as it was sent: it is found and compared by the letter. */
const kept = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^\S(.*\S)?$/);

export const day = z.iso.date();

/** A number of ours for a document: printable ASCII (xero-documents 2.1). */
export const documentNumber = kept(255).regex(/^[\x20-\x7e]+$/);

/** A line with what every kind of document says of one. */
export const lineBody = z.strictObject({
  description: z.string().min(1).max(4_000),
  quantity: decimal(9, 4),
  unitPrice: decimal(10, 4),
  accountCode: z.string().min(1),
  /** Null: Xero takes the account's own (xero-documents 2.1). */
  taxType: z.string().min(1).nullable(),
  itemCode: z.string().min(1).nullable(),
  tracking: z.array(z.strictObject({ categoryId: z.string().min(1), optionId: z.string().min(1) })).max(2),
});

export const discountPercent = decimal(3, 4).nullable();
/** Null: Xero reckons it. */
export const taxAmount = decimal(10, 2).nullable();

/** What every document of an order says. */
export const documentBody = z.strictObject({
  /** Null until the contact that it waits for is in Xero. */
  contactId: z.string().min(1).nullable(),
  /** All of its Reference in Xero, with the posting's own in it: by that it is found again. */
  referenceText: kept(255),
  date: day,
  status: z.enum(["AUTHORISED", "DRAFT"]),
  /** Whether the lines' prices have tax in them. */
  amounts: z.enum(["Exclusive", "Inclusive", "NoTax"]),
});

/** What was paid with an order. */
export const orderPayment = z.strictObject({
  accountId: z.string().min(1),
  /** Hundredths, as text: the body is JSON. */
  amountMinor: z.string().regex(/^[1-9]\d*$/),
  date: day,
});
export type OrderPayment = z.infer<typeof orderPayment>;
