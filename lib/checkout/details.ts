import { z } from "zod";
import { emailField } from "#lib/core/text/email.ts";
import { isShowable, NOT_SHOWABLE } from "#lib/core/text/showable.ts";

/** What the details form sends; `terms` is the tick and `version` the text that it stood under. */
export const detailsForm = z.strictObject({
  name: z
    .string()
    .normalize("NFC")
    .trim()
    .max(120, "Use at most 120 characters.")
    .refine(isShowable, NOT_SHOWABLE)
    .refine((name) => /[\p{L}\p{N}]/u.test(name), "Type your name."),
  email: emailField,
  terms: z.literal("accepted", "Read the terms, then tick the box to accept them."),
  version: z.uuid(),
});

export type Details = z.infer<typeof detailsForm>;
export type DetailsField = "name" | "email" | "terms";

/** The sentence for each field at fault, from what was typed: the page after a redirect says the same as the form. */
export function detailsErrors(typed: {
  name: string;
  email: string;
  terms: string;
}): { field: DetailsField; message: string }[] {
  const parsed = detailsForm.omit({ version: true }).safeParse(typed);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    field: issue.path[0] as DetailsField,
    message: issue.message,
  }));
}
