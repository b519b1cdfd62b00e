import type { ReactNode } from "react";
import { controlClass, FieldFrame, framed } from "./field-frame.tsx";

type TextAreaProps = {
  name: string;
  label: string;
  id?: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  required?: boolean;
  defaultValue?: string | undefined;
  rows?: number;
  maxLength?: number;
};

export function TextArea({
  name,
  label,
  id = name,
  hint,
  error,
  optional = false,
  rows = 5,
  ...area
}: TextAreaProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <textarea {...framed(id, { hint, error })} {...area} name={name} rows={rows} className={controlClass} />
    </FieldFrame>
  );
}
