import { z } from "zod";
import { operation } from "#app/door/api/operation.ts";
import { db } from "#lib/core/db.ts";
import { INHERITED, readOffered } from "#lib/mapping/offered.ts";

const mapping = z
  .strictObject({
    organisation: z.string().meta({ description: "As Xero has it.", example: "Demo Accountants Pty Ltd" }),
    settings: z
      .strictObject({
        process: z
          .enum(["untracked", "tracked"])
          .meta({ description: "tracked: a purchase order beside the invoice.", example: "untracked" }),
        status: z
          .enum(["AUTHORISED", "DRAFT"])
          .meta({ description: "Of the invoice. A draft takes no payments.", example: "AUTHORISED" }),
        numbering: z.enum(["order", "xero"]).meta({
          description:
            "order: the invoice's number is numberPrefix and the order's number; xero: Xero's next.",
          example: "order",
        }),
        numberPrefix: z.string().meta({ example: "SHOP-" }),
        dueDays: z
          .int()
          .meta({ description: "From an order's date to its due date where it names none.", example: 14 }),
        onUnmapped: z.enum(["fallback", "hold"]).meta({
          description:
            "What becomes of a kind that is not mapped: it goes to the firm's usual account, or its order waits.",
          example: "fallback",
        }),
        onLocked: z.enum(["hold", "next_open_day"]).meta({
          description: "What becomes of an order that is dated in a locked period.",
          example: "hold",
        }),
        onCancel: z
          .enum(["void", "credit"])
          .meta({ description: "What becomes of an unpaid invoice.", example: "void" }),
        hasCashCustomer: z
          .boolean()
          .meta({ description: "Whether a buyer may be “cash”; else its order waits.", example: true }),
        hasSupplier: z.boolean().meta({
          description: "Whether a tracked order may leave its supplier out; else it waits.",
          example: false,
        }),
      })
      .nullable()
      .meta({
        description: "How orders are written. Null: the firm has not said it yet, and every order waits.",
      }),
    kinds: z
      .array(
        z.strictObject({
          name: z.string().meta({ description: "To the letter, as a line's kind.", example: "Hire" }),
          isMapped: z.boolean().meta({
            description: "False: an order named it, and staff have not mapped it yet.",
            example: true,
          }),
          accountCode: z.string().nullable().meta({
            description: "Where its lines go now. Null: nothing says it yet.",
            example: "200",
          }),
          taxType: z.string().nullable().meta({ description: "Xero's TaxType.", example: "OUTPUT" }),
          costAccountCode: z.string().nullable().meta({ description: "On purchase orders.", example: "310" }),
          itemCode: z
            .string()
            .nullable()
            .meta({ description: "Where a line names no item.", example: "HOUR" }),
          tracking: z
            .array(
              z.strictObject({
                category: z.string().meta({ example: "Region" }),
                option: z.string().meta({ example: "West Coast" }),
              }),
            )
            .meta({ description: "Where a line names none." }),
          inherits: z.array(z.enum(INHERITED)).meta({
            description:
              "What of it the kind does not say itself: the settings do, or the account's own tax.",
            example: ["taxType", "costAccountCode"],
          }),
        }),
      )
      .meta({ description: "By name. Another one may be sent too: it is listed from then on." }),
    tenders: z
      .array(
        z.strictObject({
          name: z.string().meta({ description: "To the letter, as a payment's tender.", example: "EFTPOS" }),
          isMapped: z
            .boolean()
            .meta({ description: "False: an order that names it waits for staff.", example: true }),
          account: z
            .strictObject({
              code: z
                .string()
                .nullable()
                .meta({ description: "A bank account may have none.", example: "091" }),
              name: z.string().meta({ example: "Till clearing" }),
            })
            .nullable()
            .meta({ description: "Which it is paid into." }),
        }),
      )
      .meta({ description: "By name." }),
    asOf: z.iso.datetime().nullable().meta({
      description:
        "When the chart that these are held against was read from Xero last; null while it is being read for the first time.",
    }),
  })
  .meta({ id: "Mapping" });

export const getMapping = operation({
  method: "GET",
  path: "/mapping",
  id: "getMapping",
  summary: "What an order may name",
  description:
    "Kinds of item and tenders as the firm's staff have mapped them, and how its orders are written. Xero is not asked.",
  scope: "read",
  answers: { 200: { description: "The mapping.", schema: mapping } },
  problems: [],
  async run({ connectionId, organisationName }) {
    const { settings, asOf, ...offered } = await readOffered(db(), connectionId);
    const body: z.input<typeof mapping> = {
      organisation: organisationName,
      settings: settings && {
        ...{ process: settings.process, status: settings.invoiceStatus, numbering: settings.numbering },
        ...{ numberPrefix: settings.numberPrefix, dueDays: settings.dueDays },
        ...{ onUnmapped: settings.onUnmapped, onLocked: settings.onLocked, onCancel: settings.onCancel },
        hasCashCustomer: settings.cashContactId !== null,
        hasSupplier: settings.supplierContactId !== null,
      },
      ...offered,
      asOf: asOf?.toISOString() ?? null,
    };
    return { status: 200, body };
  },
});
