import { z } from "zod";
import { PROBLEMS } from "./problems.ts";

/** A problem inside another answer: one of several orders that were sent together. */
export const problemInside = z
  .object({
    type: z.url().meta({ description: "A page that says what it means and what to do." }),
    title: z.string().meta({ example: PROBLEMS["order-faults"].title }),
    status: z.int().meta({ description: "The HTTP status.", example: PROBLEMS["order-faults"].status }),
    code: z.string().meta({ description: "Stable; more may be added.", example: "order-faults" }),
    detail: z
      .string()
      .meta({ description: "What it is about this time, for a person.", example: "One thing is wrong." }),
    retry: z.enum(["after-fix", "same-request"]).meta({
      description: "same-request: the same may succeed later by itself. after-fix: it will not.",
    }),
    total: z.int().optional().meta({ description: "How many things are wrong." }),
    errors: z
      .array(
        z.object({
          code: z
            .string()
            .meta({ description: "Stable; each has a page under /problems.", example: "field-missing" }),
          pointer: z
            .string()
            .meta({ description: "JSON Pointer into what was sent (RFC 6901).", example: "#/lines/0" }),
          detail: z.string().meta({ example: "“kind” is missing." }),
          found: z.string().meta({
            description:
              "Where: body, limits, mapping, chart, contact, lock-date or xero; more may be added.",
            example: "body",
          }),
        }),
      )
      .max(200)
      .optional()
      .meta({ description: "All that is wrong, at most 200." }),
  })
  .meta({ id: "ProblemInBatch", description: "RFC 9457, as an answer of its own would have it." });

/** What every call answers when it does not do as it was asked. */
export const problem = problemInside
  .extend({
    instance: z
      .string()
      .meta({ description: "The request, as the desk's log names it.", example: "req_2345ABCDEF" }),
  })
  .meta({ id: "Problem", description: "RFC 9457." });
