import type { ComponentProps, ReactNode } from "react";
import { controlClass, FieldFrame, framed } from "./field-frame.tsx";

type FieldProps = {
  name: string;
  label: string;
  /** Its name unless two forms on one page have a field of that name. An ErrorSummary links to it. */
  id?: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Figures and codes line up in a fixed pitch. */
  code?: boolean;
} & Pick<
  ComponentProps<"input">,
  | "autoComplete"
  | "inputMode"
  | "maxLength"
  | "pattern"
  | "required"
  | "spellCheck"
  | "autoCapitalize"
  | "readOnly"
> &
  (
    | {
        type?: "text" | "email" | "url" | "tel" | "search" | "date" | undefined;
        defaultValue?: string | undefined;
      }
    /** What is typed here never comes back to a page. */
    | { type: "password"; defaultValue?: never }
  );

/** One line of text with its label, hint and error. */
export function Field({
  name,
  label,
  id = name,
  hint,
  error,
  optional = false,
  code = false,
  ...input
}: FieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        {...framed(id, { hint, error })}
        {...input}
        name={name}
        className={`${controlClass} ${code ? "font-mono text-sm" : ""}`}
      />
    </FieldFrame>
  );
}
