import { z } from "zod";
import { isShowable, NOT_SHOWABLE } from "#lib/core/text/showable.ts";

/** Text that a person types: trimmed, and all of it can be shown. */
function text(max: number) {
  return z
    .string()
    .normalize("NFC")
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .refine(isShowable, NOT_SHOWABLE);
}

/** A line that must be there: `line(100, "Type the firm's name.")`. */
export const line = (max: number, missing: string) =>
  text(max)
    .refine((value) => !/[\r\n\t]/.test(value), "Use one line.")
    .min(1, missing);

/** A line that may be left empty; empty is null. */
export const optionalLine = (max: number) =>
  text(max)
    .refine((value) => !/[\r\n\t]/.test(value), "Use one line.")
    .transform((value) => value || null);

/** Several lines that must be there. */
export const prose = (max: number, missing: string) => text(max).min(1, missing);

/** As typed, spaces and all; only its length is looked at here. */
export const password = z.string().min(1, "Type a password.").max(1024, "Use at most 256 characters.");

/** A tick: there or not. */
export const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
