import { z } from "zod";
import type { Readable } from "#lib/core/shape/shape-faults.ts";

/** The most lines of one order. */
export const MOST_LINES = 500;

/** What can be kept and shown: no half of a character, none that controls. */
export const text = (most: number, controls = /[\p{Cc}\p{Zl}\p{Zp}]/u) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine(
      (value) => value.isWellFormed() && !controls.test(value),
      "It has characters that can't be shown.",
    );
export const decimal = (places: number, { signed = true, whole = 9 } = {}) =>
  z
    .string()
    .regex(
      new RegExp(`^${signed ? "-?" : ""}\\d{1,${whole}}(\\.\\d{1,${places}})?$`),
      `This must be a decimal as text, with at most ${places} decimals: "12.50".`,
    );
export const day = z.iso
  .date("This must be a day that exists, as in 2026-11-30.")
  .refine((value) => value >= "1900" && value < "2200", "This must be a day from 1900 to 2199.");

const buyer = z
  .strictObject({
    contactId: z
      .uuid("This must be a ContactID of Xero's.")
      .optional()
      .meta({ description: "Xero's ContactID." }),
    externalId: text(100).optional().meta({
      description:
        "What your system calls the customer, as linked under Connections → Migrate for the order's source.",
    }),
    cash: z
      .literal(true)
      .optional()
      .meta({ description: "Nobody is named: the organisation's cash customer." }),
    person: z
      .strictObject({
        name: text(255).regex(/^[^<>]*$/, "Xero takes no < or > in a name."),
        email: z.email("This must be an e-mail address.").max(255).optional(),
      })
      .optional()
      .meta({
        description:
          "Looked for by e-mail, then by name; made in Xero when there is none. More than one that fits waits for a person.",
      }),
  })
  .meta({
    id: "Buyer",
    description: "Exactly one of these.",
    minProperties: 1,
    maxProperties: 1,
    example: { person: { name: "Robin Vale", email: "robin@example.com" } },
  });

/** The ways to say who someone is, of which an order takes one. */
export const BUYER_WAYS: ReadonlySet<string> = new Set(Object.keys(buyer.shape));

const line = z
  .strictObject({
    kind: text(100).meta({
      description: "The kind of thing that is sold: staff map each to an account, a tax rate and tracking.",
      example: "Hire",
    }),
    description: text(4_000, /(?![\n\t])\p{Cc}/u).meta({ example: "Scaffold tower, 3 days" }),
    quantity: decimal(4, { signed: false }).default("1").meta({
      description: "What goes off an order has a price below nothing: Xero takes no such quantity.",
      example: "3",
    }),
    unitPrice: decimal(4).meta({ description: "Up to four decimals.", example: "40.00" }),
    discountPercent: decimal(2, { signed: false, whole: 3 })
      .refine((percent) => Number(percent) <= 100, "More than 100 per cent.")
      .optional(),
    tax: decimal(2).optional().meta({ description: "What your system has as this line's tax: a check." }),
    itemCode: text(30).optional().meta({ description: "Of an item in Xero; else as the kind is mapped." }),
    tracking: z
      .array(z.strictObject({ category: text(100), option: text(100) }))
      .max(2)
      .optional()
      .meta({ description: "By the names in Xero; else as the kind is mapped." }),
    unitCost: decimal(4).optional().meta({
      description: "What it is bought for; with process “tracked” this line is on the purchase order.",
    }),
  })
  .meta({ id: "OrderLine" });

const payment = z
  .strictObject({
    tender: text(100).meta({ example: "EFTPOS" }),
    amount: decimal(2, { signed: false }).refine(
      (amount) => Number(amount) > 0,
      "This must be more than nothing.",
    ),
    date: day.optional().meta({ description: "The order's date when it is left out." }),
  })
  .meta({ id: "OrderPayment", description: "What the till took already." });

/** An order as another system sends it. */
export const orderBody = z
  .strictObject({
    source: text(40)
      .regex(/^[\w .-]+$/, "Letters, digits, blanks, dots, hyphens and underscores alone.")
      .meta({ description: "Your system, by a name that never changes.", example: "till" }),
    number: text(100).meta({
      description: "The order's number there: with the source it names one order for ever.",
      example: "W-10234",
    }),
    revision: z.int().min(1).max(1_000_000).optional().meta({
      description: "Rises with each change of the order. Without one an order can't be changed.",
    }),
    date: day.optional().meta({ description: "Where the organisation is; today when it is left out." }),
    dueDate: day.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "This must be an ISO 4217 code, as in AUD.")
      .meta({ example: "AUD" }),
    amounts: z
      .enum(["exclusive", "inclusive", "none"])
      .meta({ description: "Whether the prices are without tax, with it, or without any." }),
    buyer,
    supplier: buyer
      .optional()
      .meta({ description: "Whom a purchase order goes to; else the organisation's usual one." }),
    reference: text(200)
      .optional()
      .meta({ description: "What people see beside the number, such as the client's own order number." }),
    lines: z.array(line).min(1).max(MOST_LINES),
    payments: z.array(payment).max(20).optional(),
    total: decimal(2)
      .optional()
      .meta({ description: "What your system has as the total, tax included: a check." }),
    taxTotal: decimal(2).optional().meta({ description: "What it has as all tax: a check." }),
    process: z
      .enum(["untracked", "tracked"])
      .optional()
      .meta({ description: "As the organisation is set when it is left out." }),
    status: z
      .enum(["AUTHORISED", "DRAFT"])
      .optional()
      .meta({ description: "Of the invoice; as the organisation is set when it is left out." }),
    sendEmail: z.boolean().optional().meta({
      description:
        "true: Xero e-mails the invoice to its contact, once it is there. As the organisation is set when it is left out.",
    }),
  })
  .meta({
    id: "OrderToSend",
    example: {
      source: "till",
      number: "W-10234",
      date: "2026-11-30",
      currency: "AUD",
      amounts: "exclusive",
      buyer: { person: { name: "Robin Vale", email: "robin@example.com" } },
      lines: [{ kind: "Hire", description: "Scaffold tower, 3 days", quantity: "3", unitPrice: "40.00" }],
      payments: [{ tender: "EFTPOS", amount: "132.00" }],
      total: "132.00",
    },
  });

export type OrderBody = z.infer<typeof orderBody>;
export type OrderLine = OrderBody["lines"][number];

/** What could be read of an order that may be faulty elsewhere. */
export type ReadableOrder = Readable<OrderBody>;
