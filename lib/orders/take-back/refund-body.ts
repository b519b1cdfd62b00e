import { z } from "zod";
import { day, decimal, text } from "../order-body.ts";

/** What goes back of an order, as another system sends it. */
export const refundBody = z
  .strictObject({
    refundNumber: text(100).meta({
      description: "Names the refund of this order for ever: sent again, it is the same one.",
      example: "R-1",
    }),
    date: day
      .optional()
      .meta({ description: "Today when it is left out; the first open day where that is locked." }),
    reason: text(200).optional().meta({ description: "In the credit note's lines." }),
    lines: z
      .array(
        z.strictObject({
          line: z
            .int()
            .min(0)
            .max(500)
            .meta({ description: "Which of the order's lines, from 0.", example: 0 }),
          quantity: decimal(4, { signed: false })
            .optional()
            .meta({ description: "All of it when it is left out." }),
        }),
      )
      .min(1)
      .max(500)
      .optional(),
    amount: decimal(2, { signed: false })
      .refine((amount) => Number(amount) > 0, "This must be more than nothing.")
      .optional()
      .meta({
        description: "With tax, taken from all lines in proportion. Without it and lines: all that is left.",
        example: "20.00",
      }),
    payments: z
      .array(
        z.strictObject({
          tender: text(100),
          amount: decimal(2, { signed: false }).refine(
            (amount) => Number(amount) > 0,
            "This must be more than nothing.",
          ),
        }),
      )
      .max(20)
      .optional()
      .meta({ description: "What the till has paid back." }),
  })
  .meta({ id: "RefundToSend" });

export type RefundBody = z.infer<typeof refundBody>;
