import type { ReactNode } from "react";
import { type ButtonKind, buttonClass } from "../forms/button-class.ts";

type PayButtonProps = {
  children: ReactNode;
  /** What is happening until the answer is there: "Checking the code". */
  pending: string;
  kind?: ButtonKind;
  wide?: boolean;
  name?: string;
  value?: string;
};

/** Submits its form. With the pages' script only once, saying so meanwhile; without it a plain button. */
export function PayButton({
  children,
  pending,
  kind = "primary",
  wide = false,
  name,
  value,
}: PayButtonProps) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      data-pending={pending}
      className={buttonClass(kind, wide)}
    >
      <span aria-live="polite" suppressHydrationWarning>
        {children}
      </span>
    </button>
  );
}
