"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonKind, buttonClass } from "./button-class.ts";

type SubmitButtonProps = {
  children: ReactNode;
  /** What is happening while it runs: "Saving and testing". */
  pending: string;
  kind?: ButtonKind;
  wide?: boolean;
  name?: string;
  value?: string;
};

/**
 * Submits its form once and says what is happening until the answer is there; a second press does nothing. Serves server
 * actions and plain posts alike, is a plain button without JavaScript, and wakes up when the Back button returns to it.
 */
export function SubmitButton({
  children,
  pending,
  kind = "primary",
  wide = false,
  name,
  value,
}: SubmitButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [posted, setPosted] = useState(false);
  const busy = useFormStatus().pending || posted;
  const running = useRef(busy);

  useEffect(() => {
    running.current = busy;
  }, [busy]);

  useEffect(() => {
    const form = button.current?.form;
    if (!form) return;
    const onSubmit = (event: SubmitEvent) => {
      if (running.current) event.preventDefault();
      // React prevents the browser's own post when the form has a server action; useFormStatus then tells.
      else setTimeout(() => setPosted(!event.defaultPrevented));
    };
    const onReturn = () => setPosted(false);
    form.addEventListener("submit", onSubmit);
    window.addEventListener("pageshow", onReturn);
    return () => {
      form.removeEventListener("submit", onSubmit);
      window.removeEventListener("pageshow", onReturn);
    };
  }, []);

  return (
    <button
      ref={button}
      type="submit"
      name={name}
      value={value}
      aria-disabled={busy || undefined}
      className={buttonClass(kind, wide)}
    >
      <span aria-live="polite">{busy ? pending : children}</span>
    </button>
  );
}
