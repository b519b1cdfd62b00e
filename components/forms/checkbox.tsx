import type { ReactNode } from "react";
import { framed } from "./field-frame.tsx";

type CheckboxProps = {
  name: string;
  /** The whole of it is the target. */
  label: ReactNode;
  id?: string;
  value?: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  defaultChecked?: boolean;
};

/** One tick with its sentence; the sentence is part of the 44 px target. */
export function Checkbox({ name, label, id = name, hint, error, ...input }: CheckboxProps) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="flex min-h-11 cursor-pointer items-start gap-3 py-2.5">
        <input
          key={String(input.defaultChecked)}
          type="checkbox"
          {...framed(id, { hint, error })}
          {...input}
          name={name}
          className="tick mt-px"
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} className="-mt-2 pl-[2.125rem] text-muted text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="-mt-2 pl-[2.125rem] font-semibold text-danger text-sm">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      )}
    </div>
  );
}
