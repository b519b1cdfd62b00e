/** What a form knows after it was sent. Shared by server actions and the client parts that show it. */
export type ActionState =
  | { status: "idle" }
  | {
      status: "ok";
      message: string;
      /** A report below the message, a line each. */
      lines?: string[];
    }
  | {
      status: "error";
      message: string;
      /** By field name, in the order to read them. */
      fields: Record<string, string[] | undefined>;
      /** What was typed, to fill the form again. Never anything secret. */
      values: Record<string, string | undefined>;
    };

export const idle: ActionState = { status: "idle" };

/** A form's own fields: Next's bookkeeping left out, a repeated name as a list. */
export function fieldsOf(form: FormData): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith("$ACTION"));
  return Object.fromEntries(
    names.map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

/** A pasted file is long, and nobody knows what is in it. The code of an account or an item in the books is no secret. */
const SECRET = /pass(word|phrase)|secret|key|token|(?<!account|item)code|pasted/i;

/** What may be sent back to be shown again: short plain text, nothing from a field whose name tells of a secret. */
export function typedIn(form: FormData): Record<string, string> {
  const shown = Object.entries(fieldsOf(form)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !SECRET.test(entry[0]),
  );
  return Object.fromEntries(shown);
}
