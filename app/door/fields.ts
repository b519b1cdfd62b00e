import { z } from "zod";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Text that a person types: trimmed, no control characters (PostgreSQL takes no NUL) and no marks that turn the reading order. */
function text(max: number) {
  return z
    .string()
    .normalize("NFC")
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .refine((value) => !CONTROL.test(value), "This holds characters that can't be shown.");
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
