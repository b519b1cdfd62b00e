import { z } from "zod";
import { toDecimal } from "#lib/core/money/money.ts";
import { payLinkOf } from "#lib/orders/plan/pay-link.ts";
import type { Plan } from "#lib/orders/plan/plan.ts";
import { amount } from "./answers.ts";

/** The exact document of a plan. */
const plannedDocument = z.strictObject({
  kind: z.enum(["invoice", "purchase_order"]),
  number: z.string().nullable(),
  date: z.string(),
  dueDate: z.string().nullable(),
  status: z.string(),
  amounts: z.enum(["exclusive", "inclusive", "none"]),
  contact: z.strictObject({
    contactId: z.string().nullable().meta({ description: "Null: it would be made." }),
    name: z.string(),
  }),
  lines: z.array(
    z.strictObject({
      description: z.string(),
      quantity: z.string(),
      unitPrice: z.string(),
      discountPercent: z.string().nullable(),
      accountCode: z.string(),
      taxType: z.string().nullable().meta({ description: "Null where amounts is none." }),
      itemCode: z.string().nullable(),
      tracking: z.array(z.strictObject({ categoryId: z.string(), optionId: z.string() })),
      amount,
      tax: amount,
    }),
  ),
  net: amount,
  tax: amount,
  total: amount,
  payments: z.array(z.strictObject({ accountId: z.string(), amount, date: z.string() })),
  payLink: z.string().nullable(),
  sendEmail: z.boolean(),
});

/** What a dry run answers. */
export const rehearsal = z
  .strictObject({
    dryRun: z.literal(true),
    orderId: z
      .uuid()
      .nullable()
      .meta({ description: "Of the order of this source and number that is here already." }),
    documents: z.array(plannedDocument),
    adjustments: z.array(z.string()).meta({ description: "What will not be as it was sent." }),
    asOf: z.iso.datetime().nullable().meta({ description: "When the organisation's chart was read last." }),
  })
  .meta({ id: "OrderRehearsal" });

/** The documents of a plan, the invoice first, as a dry run shows them. */
export function planInAnswer(plan: Plan): z.input<typeof plannedDocument>[] {
  const { buyer, currency, invoice, purchaseOrder } = plan;
  const inWords = (minor: bigint) => toDecimal({ minor, currency });
  const linesOf = (lines: Plan["invoice"]["lines"], of: Plan["invoice"]["amounts"]) =>
    lines.map(({ lineMinor, taxMinor, taxType, ...line }) => ({
      ...{ ...line, taxType: of === "none" ? null : taxType },
      ...{ amount: inWords(lineMinor), tax: inWords(taxMinor) },
    }));
  const sumsOf = ({ netMinor, taxMinor, totalMinor }: Plan["invoice"]["totals"]) => ({
    net: inWords(netMinor),
    tax: inWords(taxMinor),
    total: inWords(totalMinor),
  });
  const contactOf = (party: Plan["buyer"]) => ({
    contactId: party.kind === "contact" ? party.contactId : null,
    name: party.name,
  });
  const { number, date, dueDate, status, amounts, sendEmail } = invoice;
  return [
    {
      ...{ kind: "invoice" as const, number, date, dueDate, status, amounts, contact: contactOf(buyer) },
      ...{
        lines: linesOf(invoice.lines, amounts),
        ...sumsOf(invoice.totals),
        payLink: payLinkOf(plan),
        sendEmail,
      },
      payments: invoice.payments.map(({ amountMinor, ...payment }) => ({
        ...payment,
        amount: inWords(amountMinor),
      })),
    },
    ...(purchaseOrder
      ? [
          {
            ...{
              kind: "purchase_order" as const,
              number: purchaseOrder.number,
              date: purchaseOrder.date,
              dueDate: null,
              status,
            },
            ...{ amounts: "exclusive" as const, contact: contactOf(purchaseOrder.supplier), payments: [] },
            ...{ payLink: null, sendEmail: false },
            ...{ lines: linesOf(purchaseOrder.lines, "exclusive"), ...sumsOf(purchaseOrder.totals) },
          },
        ]
      : []),
  ];
}
