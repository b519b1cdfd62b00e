import { z } from "zod";
import { AppError } from "#lib/core/errors.ts";

/** As much as a form carries. */
const MAX_FILE_BYTES = 900_000;

/** The two fields of FileFields, for a form's schema. */
export const fileShape = { file: z.file().optional(), pasted: z.string() };

/** The text of the chosen file, or what was pasted. Throws `invalid` when there is neither, both, or too much. */
export async function textIn({ file, pasted }: { file?: File | undefined; pasted: string }): Promise<string> {
  const isFile = file !== undefined && file.size > 0;
  const isPasted = pasted.trim() !== "";
  if (isFile === isPasted) {
    const message = isFile
      ? "Choose a file or paste its text, not both."
      : "Choose a file, or paste its text.";
    throw new AppError("invalid", message, { field: "file" });
  }
  if ((isFile ? file.size : pasted.length) > MAX_FILE_BYTES)
    throw new AppError("invalid", "This is over 900 kB: split it.", { field: "file" });
  return isFile ? file.text() : pasted;
}
