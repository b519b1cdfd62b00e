import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { controlClass, FieldFrame, framed } from "./field-frame.tsx";

type SelectProps = {
  name: string;
  label: string;
  options: { value: string; label: string; disabled?: boolean }[];
  /** The first, empty choice: "Choose an account". Left out when there must always be one. */
  placeholder?: string;
  id?: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  required?: boolean;
  defaultValue?: string | undefined;
};

export function Select(props: SelectProps) {
  const { name, label, options, placeholder, id = name, hint, error, optional = false, ...select } = props;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <span className="relative block">
        <select
          // A browser resets a select to the option that was first rendered: after Save it must be the one that is kept.
          key={select.defaultValue}
          {...framed(id, { hint, error })}
          {...select}
          name={name}
          className={`${controlClass} appearance-none pr-10`}
        >
          {placeholder && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown className="pointer-events-none absolute top-3 right-3 size-5 text-muted" />
      </span>
    </FieldFrame>
  );
}
